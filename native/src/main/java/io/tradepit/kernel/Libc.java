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

  /** Scheduling policy: the kernel's default, SCHED_OTHER (sched(7)). */
  int SCHED_OTHER = 0;

  /** Scheduling policy: runs before every thread of a lower priority until it waits (sched(7)). */
  int SCHED_FIFO = 1;

  /** With a policy: threads that this one starts have the default policy again (Linux 2.6.32). */
  int SCHED_RESET_ON_FORK = 0x40000000;

  /** Lock: pages that are mapped now. */
  int MCL_CURRENT = 1;

  /** Lock: pages that will be mapped. */
  int MCL_FUTURE = 2;

  /** With the two above: a page is locked when it is first touched, not fetched now (Linux 4.4). */
  int MCL_ONFAULT = 4;

  /** Limit: open files ({@code asm-generic/resource.h}). */
  int RLIMIT_NOFILE = 7;

  /** Limit: locked memory, bytes. */
  int RLIMIT_MEMLOCK = 8;

  /** Limit: highest priority of a real-time policy, 0 to 99. */
  int RLIMIT_RTPRIO = 14;

  /** What a limit is that is none, RLIM_INFINITY. */
  long UNLIMITED = Long.MAX_VALUE;

  /** Memory policy: pages come from the nodes named and from no other (set_mempolicy(2)). */
  int MPOL_BIND = 2;

  /** With mbind: pages that are elsewhere make the call fail, with EIO. */
  int MPOL_MF_STRICT = 1;

  /** With mbind: pages of this process alone that are elsewhere are moved. */
  int MPOL_MF_MOVE = 2;

  /** The largest node that {@link #mbind} takes. */
  int LARGEST_NODE = 1023;

  /** Not permitted. */
  int EPERM = 1;

  /** Nothing listens at the socket's path. */
  int ENOENT = 2;

  /** A page is elsewhere and could not be moved. */
  int EIO = 5;

  /** Not now; the same call may succeed later. */
  int EAGAIN = 11;

  /** Out of memory, or a part of the range is not mapped; of a lock: more than the limit. */
  int ENOMEM = 12;

  /** An address that is not mapped. */
  int EFAULT = 14;

  /** An argument is not acceptable, or the kernel does not know this advice. */
  int EINVAL = 22;

  /** The kernel has no such call. */
  int ENOSYS = 38;

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
   * {@code clock_gettime(CLOCK_TAI)}: {@link #clockRealtimeNs} and what the kernel was told that
   * TAI is ahead of UTC (adjtimex(2), ADJ_TAI), whole seconds; 0 until somebody tells it.
   *
   * @return nanoseconds
   */
  long clockTaiNs();

  /**
   * {@code setpriority(2)} of the calling thread alone, which is what Linux takes PRIO_PROCESS and
   * 0 for.
   *
   * @param nice -20, the highest priority, to 19; a process without rights may only go up
   * @return 0, or {@code -errno}
   */
  int setThreadNice(int nice);

  /**
   * {@code sched_setscheduler(2)} of the calling thread.
   *
   * @param policy {@link #SCHED_OTHER} or {@link #SCHED_FIFO}, with {@link #SCHED_RESET_ON_FORK} or
   *     without
   * @param priority 1 to 99 with SCHED_FIFO, else 0
   * @return 0, or {@code -errno}: EPERM without CAP_SYS_NICE above {@link #RLIMIT_RTPRIO}, or where
   *     the thread's control group has no real-time budget; EINVAL for a priority out of range
   */
  int setThreadPolicy(int policy, int priority);

  /**
   * {@code sched_getscheduler(2)} of the calling thread.
   *
   * @return its policy, with {@link #SCHED_RESET_ON_FORK} where that is set
   */
  int threadPolicy();

  /**
   * {@code sched_getparam(2)} of the calling thread.
   *
   * @return its priority: 1 to 99 with a real-time policy, else 0
   */
  int threadPriority();

  /**
   * {@code mlockall(2)}: keeps the pages of this process in memory.
   *
   * @param flags {@link #MCL_CURRENT}, {@link #MCL_FUTURE}, {@link #MCL_ONFAULT} added
   * @return 0, or {@code -errno}: ENOMEM when all that is mapped, touched or not, is more than
   *     {@link #RLIMIT_MEMLOCK} and the process lacks CAP_IPC_LOCK; EPERM when that limit is 0
   */
  int mlockall(int flags);

  /**
   * {@code munlockall(2)}.
   *
   * @return 0, or {@code -errno}
   */
  int munlockall();

  /**
   * {@code getrlimit(2)}, the soft limit, which is the one that the kernel goes by.
   *
   * @param resource such as {@link #RLIMIT_MEMLOCK}
   * @return in the limit's own unit, 0 or more; {@link #UNLIMITED}; or {@code -errno}: EINVAL for a
   *     resource that is none
   */
  long softLimit(int resource);

  /**
   * {@code mbind(2)} to one node. On a shared mapping of a tmpfs the policy is the file's.
   *
   * @param address of the first byte, a multiple of the page size
   * @param lengthBytes of the range
   * @param mode such as {@link #MPOL_BIND}
   * @param node from 0 to {@value #LARGEST_NODE}
   * @param flags {@link #MPOL_MF_STRICT}, {@link #MPOL_MF_MOVE} added, or 0: pages that are there
   *     stay where they are
   * @return 0, or {@code -errno}: EINVAL for a node that is not there or has no memory, EFAULT for
   *     a range that is not mapped, EIO when a page could not be moved, ENOSYS in a kernel without
   *     NUMA
   */
  int mbind(long address, long lengthBytes, int mode, int node, int flags);

  /**
   * Where an array of the Java heap is at this moment. The garbage collector may move the array
   * right after; that the heap is mapped there stays. From {@code memset(3)} of no bytes, which
   * returns its first argument.
   */
  long addressOf(byte[] array);

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
