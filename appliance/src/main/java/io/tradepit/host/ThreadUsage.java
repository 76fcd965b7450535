package io.tradepit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel counted of a thread of this process since it started (proc_pid_status(5),
 * proc_pid_stat(5)).
 *
 * @param voluntarySwitches times that it left its core to wait
 * @param nonvoluntarySwitches times that something else took the core from it
 * @param minorFaults pages that were in memory and not yet in its page table
 * @param majorFaults pages that had to be read from a disk
 */
public record ThreadUsage(
    long voluntarySwitches, long nonvoluntarySwitches, long minorFaults, long majorFaults) {
  private static final ThreadUsage NONE = new ThreadUsage(0, 0, 0, 0);

  private static final int MINOR_FAULTS = 10;
  private static final int MAJOR_FAULTS = 12;

  /**
   * Reads it; any thread may.
   *
   * @return all 0 when there is no such thread any more
   */
  public static ThreadUsage of(long threadId) {
    return of(Path.of("/proc"), threadId);
  }

  /**
   * @param proc the proc file system, /proc unless a test has its own
   */
  static ThreadUsage of(Path proc, long threadId) {
    Path task = proc.resolve("self/task").resolve(Long.toString(threadId));
    try {
      List<String> status = Files.readAllLines(task.resolve("status"));
      StatLine stat = StatLine.parse(Files.readString(task.resolve("stat")));
      return new ThreadUsage(
          Long.parseLong(Machine.value(status, "voluntary_ctxt_switches", "0")),
          Long.parseLong(Machine.value(status, "nonvoluntary_ctxt_switches", "0")),
          stat.number(MINOR_FAULTS),
          stat.number(MAJOR_FAULTS));
    } catch (NoSuchFileException ended) {
      return NONE;
    } catch (IOException e) {
      // A thread that ends while its file is read: ESRCH.
      if (Files.exists(task)) {
        throw new UncheckedIOException("thread=" + threadId, e);
      }
      return NONE;
    }
  }
}
