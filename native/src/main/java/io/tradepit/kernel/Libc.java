package io.tradepit.kernel;

/**
 * What Tradepit asks of the C library. A call that can fail returns the negated {@code errno} of
 * {@code <errno.h>}, never throws. Any thread may call.
 */
public interface Libc {
  /** Advice: use huge pages in this range (Linux 2.6.38, {@code asm-generic/mman-common.h}). */
  int MADV_HUGEPAGE = 14;

  /** Advice: fault every page in now, writable (Linux 5.14). */
  int MADV_POPULATE_WRITE = 23;

  /** Advice: put the range on huge pages now, by copying where needed (Linux 6.1). */
  int MADV_COLLAPSE = 25;

  /** Memory protection: none, the range is reserved only. */
  int PROT_NONE = 0;

  /** Memory protection: may be read. */
  int PROT_READ = 1;

  /** Memory protection: may be written. */
  int PROT_WRITE = 2;

  /** Mapping: writes reach the file and its other mappings. */
  int MAP_SHARED = 1;

  /** Mapping: writes stay in this process. */
  int MAP_PRIVATE = 2;

  /** Mapping: at exactly this address, in place of what is mapped there. */
  int MAP_FIXED = 0x10;

  /** Mapping: memory without a file. */
  int MAP_ANONYMOUS = 0x20;

  /** Mapping: promises no memory for the range. */
  int MAP_NORESERVE = 0x4000;

  /** Open: for reading and writing. */
  int O_RDWR = 2;

  /** Open: not inherited by programs that are started. */
  int O_CLOEXEC = 0x80000;

  /** Nothing listens at the socket's path. */
  int ENOENT = 2;

  /** Not now; the same call may succeed later. */
  int EAGAIN = 11;

  /** Out of memory, or a part of the range is not mapped. */
  int ENOMEM = 12;

  /** An argument is not acceptable, or the kernel does not know this advice. */
  int EINVAL = 22;

  /** The socket's path does not fit in an address. */
  int ENAMETOOLONG = 36;

  /** A socket exists, no one reads it. */
  int ECONNREFUSED = 111;

  /**
   * {@code clock_gettime(CLOCK_REALTIME)}. Allocates nothing once the calling thread has called it
   * before.
   *
   * @return nanoseconds since the Unix epoch; may step backwards when the clock is adjusted
   */
  long clockRealtimeNs();

  /**
   * {@code setpriority(2)} of the calling thread alone, which is what Linux takes PRIO_PROCESS and
   * 0 for.
   *
   * @param nice -20, the highest priority, to 19; a process without rights may only go up
   * @return 0, or {@code -errno}
   */
  int setThreadNice(int nice);

  /**
   * {@code madvise(2)}. May take as long as the kernel needs to fault in or copy the range.
   *
   * @param address of the first byte, a multiple of the page size
   * @param lengthBytes of the range, greater than 0
   * @return 0, or {@code -errno}
   */
  int madvise(long address, long lengthBytes, int advice);

  /**
   * {@code mmap(2)}.
   *
   * @param address where, with {@link #MAP_FIXED}; else 0: the kernel chooses
   * @param fileDescriptor -1 with {@link #MAP_ANONYMOUS}
   * @return the address of the first byte, or {@code -errno}
   */
  long mmap(
      long address, long lengthBytes, int protection, int flags, int fileDescriptor, long offset);

  /**
   * {@code munmap(2)}. Whoever still uses the range crashes the process.
   *
   * @return 0, or {@code -errno}
   */
  int munmap(long address, long lengthBytes);

  /**
   * {@code open(2)} of a file that exists.
   *
   * @return the file descriptor, or {@code -errno}
   */
  int open(String path, int flags);

  /**
   * {@code close(2)}.
   *
   * @return 0, or {@code -errno}
   */
  int close(int fileDescriptor);

  /**
   * Sends one datagram to the supervisor, in the protocol of {@code sd_notify(3)}.
   *
   * @param socketPath the value of {@code NOTIFY_SOCKET}: an absolute path, or {@code @name} for an
   *     abstract socket
   * @param message lines such as {@code READY=1}
   * @return 0, or {@code -errno}; {@link #EINVAL} negated for a path of another form
   */
  int notify(String socketPath, String message);
}
