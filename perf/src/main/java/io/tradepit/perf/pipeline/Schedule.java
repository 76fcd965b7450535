package io.tradepit.perf.pipeline;

/**
 * When commands are due, at a fixed rate.
 *
 * @param startNs when the first one is, by {@link System#nanoTime}
 * @param intervalNs between two
 */
record Schedule(long startNs, double intervalNs) {
  /** Each command is long due. */
  static final Schedule NOW = new Schedule(0, 0);

  static Schedule of(long startNs, long commandsPerSecond) {
    return new Schedule(startNs, 1e9 / commandsPerSecond);
  }

  /**
   * @param number of the command, from 0
   */
  long dueNs(long number) {
    return startNs + (long) (number * intervalNs);
  }
}
