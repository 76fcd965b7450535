package io.tradepit.host;

import io.tradepit.host.HostRefusedException.Kind;
import io.tradepit.kernel.Libc;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the memory of this process in memory: pages that were touched once are not taken away
 * again, those of its code and of mapped files included.
 *
 * <p>A page is locked when it is touched, not fetched when it is mapped (MCL_ONFAULT): a replica
 * reserves much more than it uses, and so does the JVM. What the order path touches is touched at
 * the start: matching state is populated, rings are zeroed, Aeron touches its buffers before their
 * first use.
 */
public final class LockedMemory {
  private static final int CAP_IPC_LOCK = 14;
  private static final long BYTES_PER_KB = 1024;

  private LockedMemory() {}

  /**
   * Locks what is mapped now and what will be.
   *
   * @throws HostRefusedException when the process may not, or may not for all that it maps
   */
  public static void lock(Libc libc) {
    lock(libc, Path.of("/proc"));
  }

  /**
   * @param proc the proc file system, /proc unless a test has its own
   */
  static void lock(Libc libc, Path proc) {
    List<String> status = Machine.lines(proc.resolve("self/status"));
    long limit = libc.softLimit(Libc.RLIMIT_MEMLOCK);
    if (limit != Libc.UNLIMITED && !mayLockAll(status)) {
      throw refused("RLIMIT_MEMLOCK=" + limit + " CAP_IPC_LOCK=no");
    }
    int result = libc.mlockall(Libc.MCL_CURRENT | Libc.MCL_FUTURE | Libc.MCL_ONFAULT);
    if (result < 0) {
      throw refused("RLIMIT_MEMLOCK=" + limit + " errno=" + -result);
    }
    if (lockedBytes(proc) == 0) {
      throw refused("VmLck=0");
    }
  }

  // A limit counts what is mapped, touched or not: one that is enough now ends a later mapping.
  private static HostRefusedException refused(String found) {
    return new HostRefusedException(
        Kind.LOCK,
        "host.lockMemory=on "
            + found
            + ": memory is not locked; allow it by LimitMEMLOCK=infinity in the unit (ulimit -l"
            + " unlimited) or by CAP_IPC_LOCK, or ask for lockMemory=off");
  }

  private static boolean mayLockAll(List<String> status) {
    return (Capabilities.effective(status) >>> CAP_IPC_LOCK & 1) != 0;
  }

  /** What the kernel counts as locked, touched or not, bytes: VmLck of proc_pid_status(5). */
  public static long lockedBytes() {
    return lockedBytes(Path.of("/proc"));
  }

  private static long lockedBytes(Path proc) {
    String value = Machine.value(Machine.lines(proc.resolve("self/status")), "VmLck", "0 kB");
    return Long.parseLong(value.substring(0, value.indexOf(' '))) * BYTES_PER_KB;
  }
}
