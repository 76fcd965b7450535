package io.tradepit.perf.wire;

import io.tradepit.perf.openloop.RateFigures;
import org.HdrHistogram.Histogram;

/**
 * One run as the member's process prints it, a line: {@code row SESSIONS CPU_NS} and the figures.
 *
 * @param figures with rate {@link #ONE_IN_FLIGHT} where one order was in flight; their commands are
 *     orders
 * @param cpuNs processor time of the segment in the run, in steps of 10 ms
 */
record WireRow(int sessions, RateFigures figures, long cpuNs) {
  /** In place of a rate. */
  static final long ONE_IN_FLIGHT = 0;

  private static final String BEGIN = "row ";
  private static final int WORDS = 4;

  static WireRow oneInFlight(int sessions, long cpuNs, Histogram roundTrips) {
    return new WireRow(sessions, RateFigures.of(ONE_IN_FLIGHT, true, 0, roundTrips), cpuNs);
  }

  static boolean isRow(String line) {
    return line.startsWith(BEGIN);
  }

  /** What {@link #line} wrote. */
  static WireRow parse(String line) {
    String[] words = line.split(" ", WORDS);
    return new WireRow(
        Integer.parseInt(words[1]), RateFigures.parse(words[3]), Long.parseLong(words[2]));
  }

  String line() {
    return BEGIN + sessions + ' ' + cpuNs + ' ' + figures.line();
  }

  Histogram latencies() {
    return figures.latencies();
  }

  /** Processor time of the segment for each order that was accepted, µs. */
  double cpuMicrosOfOrder() {
    return cpuNs / 1e3 / Math.max(1, figures.commands());
  }
}
