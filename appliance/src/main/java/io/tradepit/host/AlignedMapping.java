package io.tradepit.host;

import io.tradepit.kernel.Libc;
import java.nio.file.Path;

/**
 * A file in memory, shared, at an address that is a multiple of a huge page.
 *
 * <p>The kernel puts a huge page under a mapping only where address and file offset agree modulo
 * its size; where it chooses the address itself, a tmpfs without {@code huge=} gets any multiple of
 * 4096. So a range is reserved that is one huge page longer, and the file is mapped inside it.
 */
final class AlignedMapping implements AutoCloseable {
  private static final long ALIGNMENT = PageReport.HUGE_PAGE_BYTES;

  private final Libc libc;
  private final long address;
  private final long lengthBytes;
  private boolean isClosed;

  private AlignedMapping(Libc libc, long address, long lengthBytes) {
    this.libc = libc;
    this.address = address;
    this.lengthBytes = lengthBytes;
  }

  /**
   * @param file at least as long as the mapping
   * @param lengthBytes a multiple of a huge page
   */
  static AlignedMapping of(Libc libc, Path file, long lengthBytes) {
    int descriptor =
        (int) checked("open", file, libc.open(file.toString(), Libc.O_RDWR | Libc.O_CLOEXEC));
    try {
      return new AlignedMapping(libc, mapAligned(libc, file, descriptor, lengthBytes), lengthBytes);
    } finally {
      libc.close(descriptor);
    }
  }

  private static long mapAligned(Libc libc, Path file, int descriptor, long lengthBytes) {
    long reserved = reserve(libc, file, lengthBytes + ALIGNMENT);
    long aligned = (reserved + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    long headBytes = aligned - reserved;
    if (headBytes > 0) {
      libc.munmap(reserved, headBytes);
    }
    if (headBytes < ALIGNMENT) {
      libc.munmap(aligned + lengthBytes, ALIGNMENT - headBytes);
    }
    long mapped =
        libc.mmap(
            aligned,
            lengthBytes,
            Libc.PROT_READ | Libc.PROT_WRITE,
            Libc.MAP_SHARED | Libc.MAP_FIXED,
            descriptor,
            0);
    if (mapped < 0) {
      libc.munmap(aligned, lengthBytes);
    }
    return checked("mmap", file, mapped);
  }

  private static long reserve(Libc libc, Path file, long lengthBytes) {
    int flags = Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE;
    return checked("reserve", file, libc.mmap(0, lengthBytes, Libc.PROT_NONE, flags, -1, 0));
  }

  private static long checked(String call, Path file, long result) {
    if (result < 0) {
      throw new HostRefusedException(
          HostRefusedException.Kind.MEMORY,
          "file=" + file + " call=" + call + " errno=" + -result + ": not mapped");
    }
    return result;
  }

  long address() {
    return address;
  }

  long lengthBytes() {
    return lengthBytes;
  }

  /** Whoever still uses the memory crashes the process: its agents are stopped before. */
  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      libc.munmap(address, lengthBytes);
    }
  }
}
