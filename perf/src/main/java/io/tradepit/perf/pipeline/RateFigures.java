package io.tradepit.perf.pipeline;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One rate as a child process prints it, a line.
 *
 * @param rate offered, commands a second
 * @param isDone whether all results were seen; else the figures from {@code lateNs} on are 0
 * @param lateNs how long behind the last command's due time its result was seen
 * @param isKept whether that is within {@link PipelineRuns#allowedNs}
 */
public record RateFigures(
    long rate,
    long commands,
    boolean isDone,
    boolean isKept,
    long lateNs,
    long p50Ns,
    long p90Ns,
    long p99Ns,
    long p999Ns,
    long maxNs) {
  private static final String BEGIN = "rate ";

  /** Of a run whose results were all seen. */
  public static RateFigures of(long rate, boolean isKept, long lateNs, Histogram latencies) {
    return new RateFigures(
        rate,
        latencies.getTotalCount(),
        true,
        isKept,
        lateNs,
        latencies.getValueAtPercentile(50),
        latencies.getValueAtPercentile(90),
        latencies.getValueAtPercentile(99),
        latencies.getValueAtPercentile(99.9),
        latencies.getMaxValue());
  }

  /** Of a run that did not end in time. */
  public static RateFigures undone(long rate, long commands) {
    return new RateFigures(rate, commands, false, false, 0, 0, 0, 0, 0, 0);
  }

  static boolean isRate(String line) {
    return line.startsWith(BEGIN);
  }

  /** What {@link #line} wrote. */
  public static RateFigures parse(String line) {
    Map<String, String> values = new HashMap<>();
    for (String word : line.substring(BEGIN.length()).split(" ", -1)) {
      int equals = word.indexOf('=');
      values.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return new RateFigures(
        Long.parseLong(values.get("perSecond")),
        Long.parseLong(values.get("commands")),
        Boolean.parseBoolean(values.get("done")),
        Boolean.parseBoolean(values.get("kept")),
        Long.parseLong(values.get("lateNs")),
        Long.parseLong(values.get("p50Ns")),
        Long.parseLong(values.get("p90Ns")),
        Long.parseLong(values.get("p99Ns")),
        Long.parseLong(values.get("p999Ns")),
        Long.parseLong(values.get("maxNs")));
  }

  /** A line of {@code name=value}. */
  public String line() {
    return String.format(
        Locale.ROOT,
        BEGIN
            + "perSecond=%d commands=%d done=%b kept=%b lateNs=%d p50Ns=%d p90Ns=%d p99Ns=%d"
            + " p999Ns=%d maxNs=%d",
        rate,
        commands,
        isDone,
        isKept,
        lateNs,
        p50Ns,
        p90Ns,
        p99Ns,
        p999Ns,
        maxNs);
  }
}
