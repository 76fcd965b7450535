package io.tradepit.host;

/**
 * The kernel's own account of one mapping, from /proc/PID/smaps (proc_pid_smaps(5)). Sizes are in
 * bytes.
 *
 * @param start address of the first byte
 * @param path the mapped file, empty for anonymous memory
 * @param sizeBytes of the mapping
 * @param kernelPageBytes the page size that the kernel allots by: huge for hugetlbfs only
 * @param shmemPmdMappedBytes on huge pages of a tmpfs
 * @param filePmdMappedBytes on huge pages of another file system
 * @param anonHugeBytes on huge pages without a file
 * @param hugetlbBytes on reserved huge pages, shared or private
 */
public record PageReport(
    long start,
    String path,
    long sizeBytes,
    long kernelPageBytes,
    long shmemPmdMappedBytes,
    long filePmdMappedBytes,
    long anonHugeBytes,
    long hugetlbBytes) {
  /** Size of a huge page of x86-64. */
  public static final long HUGE_PAGE_BYTES = 2L << 20;

  private static final double DEMANDED_SHARE = 0.99;

  /** The bytes on huge pages of any kind. */
  public long hugeBytes() {
    return shmemPmdMappedBytes + filePmdMappedBytes + anonHugeBytes + hugetlbBytes;
  }

  /**
   * The share on huge pages, 0 to 1, of what can be: a tail shorter than a huge page does not
   * count.
   */
  public double hugeShare() {
    long countedBytes = sizeBytes / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
    return countedBytes == 0 ? 0 : Math.min(1.0, (double) hugeBytes() / countedBytes);
  }

  /** Whether the mapping counts as on huge pages. */
  public boolean isHuge() {
    return hugeShare() >= DEMANDED_SHARE;
  }

  /** The page size obtained for all but a hundredth of the mapping. */
  public long pageBytesObtained() {
    return isHuge() ? Math.max(HUGE_PAGE_BYTES, kernelPageBytes) : kernelPageBytes;
  }
}
