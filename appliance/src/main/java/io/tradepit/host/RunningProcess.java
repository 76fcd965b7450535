package io.tradepit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A process that cannot be mistaken for a later one of the same number.
 *
 * @param pid of the process
 * @param startTicks when it started, clock ticks since the machine did: field 22 of /proc/PID/stat
 *     (proc_pid_stat(5))
 */
record RunningProcess(long pid, long startTicks) {
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /** The calling process. */
  static RunningProcess self() throws IOException {
    long pid = ProcessHandle.current().pid();
    return new RunningProcess(pid, Long.parseLong(fields(pid)[START_TICKS]));
  }

  /** Of the text that {@link #toString} gives. */
  static RunningProcess parse(String text) {
    String[] numbers = text.split("/", 2);
    return new RunningProcess(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  /** Whether it still runs; a dead one that no one waited for does not. */
  boolean isAlive() throws IOException {
    try {
      String[] fields = fields(pid);
      return !"Z".equals(fields[STATE]) && Long.parseLong(fields[START_TICKS]) == startTicks;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  // The name before the fields stands in parentheses and may have any character in it.
  private static String[] fields(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  @Override
  public String toString() {
    return pid + "/" + startTicks;
  }
}
