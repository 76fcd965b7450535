package io.tradepit.perf.book;

import io.tradepit.perf.flow.Regime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One run as a child process prints it, a line.
 *
 * @param tookNs from the first message to the last report drained
 * @param checksum sum of the words of all reports
 * @param reportHash of all bytes of all reports in order; of a {@link Delivery#CHECKED} run only,
 *     else 0
 * @param allocatedBytes by the matcher's thread
 * @param nearestNs round trip of a cache line between the two threads' cores, the smaller one of
 *     before and after
 * @param farthestNs the larger one
 * @param flowHash of the flow's bytes
 */
record RunFigures(
    Regime regime,
    long tookNs,
    long messages,
    long reports,
    long checksum,
    long reportHash,
    long allocatedBytes,
    long nearestNs,
    long farthestNs,
    long flowHash) {
  private static final String BEGIN = "run ";

  static boolean isRun(String line) {
    return line.startsWith(BEGIN);
  }

  /**
   * @throws IllegalArgumentException when a name is missing
   */
  static RunFigures parse(String line) {
    Map<String, String> values = new HashMap<>();
    for (String word : line.substring(BEGIN.length()).split(" ", -1)) {
      int equals = word.indexOf('=');
      values.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return new RunFigures(
        Regime.of(values.get("regime")),
        number(values, "tookNs"),
        number(values, "messages"),
        number(values, "reports"),
        Long.parseUnsignedLong(values.get("checksum"), 16),
        Long.parseUnsignedLong(values.get("reportHash"), 16),
        number(values, "allocatedBytes"),
        number(values, "nearestNs"),
        number(values, "farthestNs"),
        Long.parseUnsignedLong(values.get("flowHash"), 16));
  }

  private static long number(Map<String, String> values, String name) {
    String text = values.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name + "=missing");
    }
    return Long.parseLong(text);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        BEGIN
            + "regime=%s tookNs=%d messages=%d reports=%d checksum=%016x reportHash=%016x"
            + " allocatedBytes=%d nearestNs=%d farthestNs=%d flowHash=%016x",
        regime.label(),
        tookNs,
        messages,
        reports,
        checksum,
        reportHash,
        allocatedBytes,
        nearestNs,
        farthestNs,
        flowHash);
  }

  /** The same run, with the round trips before and after it. */
  RunFigures placed(long beforeNs, long afterNs) {
    return new RunFigures(
        regime,
        tookNs,
        messages,
        reports,
        checksum,
        reportHash,
        allocatedBytes,
        Math.min(beforeNs, afterNs),
        Math.max(beforeNs, afterNs),
        flowHash);
  }

  double messagesPerSecond() {
    return messages * 1e9 / tookNs;
  }
}
