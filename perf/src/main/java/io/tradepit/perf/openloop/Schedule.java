package io.tradepit.perf.openloop;

/**
 * When commands are due, at a fixed rate.
 *
 * @param startNs when the first one is, by {@link System#nanoTime}
 * @param intervalNs between two
 */
public record Schedule(long startNs, double intervalNs) {
  /** Each command is long due. */
  public static final Schedule NOW = new Schedule(0, 0);

  /** The first command is due at the start. */
  public static Schedule of(long startNs, long commandsPerSecond) {
    return new Schedule(startNs, 1e9 / commandsPerSecond);
  }

  /**
   * When a command is due.
   *
   * @param number of the command, from 0
   */
  public long dueNs(long number) {
    return startNs + (long) (number * intervalNs);
  }
}
