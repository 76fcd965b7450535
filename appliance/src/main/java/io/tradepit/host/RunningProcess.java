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
  private static final int STATE = 3;
  private static final int START_TICKS = 22;

  /** The calling process. */
  static RunningProcess self() throws IOException {
    long pid = ProcessHandle.current().pid();
    return new RunningProcess(pid, stat(pid).number(START_TICKS));
  }

  /** Of the text that {@link #toString} gives. */
  static RunningProcess parse(String text) {
    String[] numbers = text.split("/", 2);
    return new RunningProcess(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  /** Whether it still runs; a dead one that no one waited for does not. */
  boolean isAlive() throws IOException {
    try {
      StatLine stat = stat(pid);
      return !"Z".equals(stat.text(STATE)) && stat.number(START_TICKS) == startTicks;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static StatLine stat(long pid) throws IOException {
    return StatLine.parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
  }

  @Override
  public String toString() {
    return pid + "/" + startTicks;
  }
}
