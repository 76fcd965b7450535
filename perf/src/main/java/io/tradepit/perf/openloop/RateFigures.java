package io.tradepit.perf.openloop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * One rate as a child process prints it, a line.
 *
 * @param rate offered, commands a second
 * @param commands that were done
 * @param isDone whether all results were seen; else there are no latencies
 * @param isKept whether the last one was seen within {@link #allowedNs}
 * @param lateNs how long behind the last command's due time its result was seen
 * @param latencies of all commands, in ns; not changed any more
 */
public record RateFigures(
    long rate, long commands, boolean isDone, boolean isKept, long lateNs, Histogram latencies) {
  private static final String BEGIN = "rate ";
  private static final int DIGITS = 3;

  /** A run that is this much later, or a hundredth of its time, has kept its rate. */
  private static final long ALLOWED_NS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Of a run whose results were all seen. */
  public static RateFigures of(long rate, boolean isKept, long lateNs, Histogram latencies) {
    return new RateFigures(rate, latencies.getTotalCount(), true, isKept, lateNs, latencies);
  }

  /** Of a run that did not end in time. */
  public static RateFigures undone(long rate, long commands) {
    return new RateFigures(rate, commands, false, false, 0, new Histogram(DIGITS));
  }

  /** How late the last result may be seen in a run of this length. */
  public static long allowedNs(long plannedNs) {
    return Math.max(ALLOWED_NS, plannedNs / 100);
  }

  /** Whether {@link #parse} takes a line. */
  public static boolean isRate(String line) {
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
        decoded(values.get("latencies")));
  }

  private static Histogram decoded(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("latencies=" + text, e);
    }
  }

  /** For people, in the progress of a run. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "perSecond=%d commands=%d done=%b kept=%b lateNs=%d p50Ns=%d p90Ns=%d",
        rate,
        commands,
        isDone,
        isKept,
        lateNs,
        p50Ns(),
        p90Ns());
  }

  /** A line of {@code name=value}. */
  public String line() {
    ByteBuffer bytes = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
    int length = latencies.encodeIntoCompressedByteBuffer(bytes);
    ByteBuffer encoded = Base64.getEncoder().encode(bytes.flip().limit(length));
    return String.format(
        Locale.ROOT,
        BEGIN + "perSecond=%d commands=%d done=%b kept=%b lateNs=%d latencies=%s",
        rate,
        commands,
        isDone,
        isKept,
        lateNs,
        StandardCharsets.ISO_8859_1.decode(encoded));
  }

  /**
   * Latency that a share of the commands did not exceed; 0 when the run was not done.
   *
   * @param percent 0 to 100
   */
  public long atNs(double percent) {
    return latencies.getValueAtPercentile(percent);
  }

  public long p50Ns() {
    return atNs(50);
  }

  public long p90Ns() {
    return atNs(90);
  }

  public long p99Ns() {
    return atNs(99);
  }

  public long p999Ns() {
    return atNs(99.9);
  }

  public long maxNs() {
    return atNs(100);
  }
}
