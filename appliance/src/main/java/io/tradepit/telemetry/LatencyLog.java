package io.tradepit.telemetry;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Writes latencies by interval: HdrHistogram's interval log V1.3, values in nanoseconds, every
 * interval tagged with its leg.
 *
 * <p>Each leg has one thread that records, which neither waits nor allocates. Legs are made, and
 * intervals written, by one thread, which may be another one; it allocates.
 */
public final class LatencyLog implements AutoCloseable {
  /** The greatest value that a leg takes, ns; a greater one is refused by the recorder. */
  public static final long MAX_VALUE_NS = TimeUnit.HOURS.toNanos(1);

  /** Decimal digits that a recorded value keeps. */
  public static final int DIGITS = 3;

  private static final double NANOSECONDS = 1.0;
  private static final double MS_A_SECOND = 1_000.0;

  private final Path file;
  private final PrintStream out;
  private final HistogramLogWriter writer;
  private final Map<String, Interval> legs = new LinkedHashMap<>();
  private boolean begun;

  private static final class Interval {
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(MAX_VALUE_NS, DIGITS);
    private Histogram histogram;

    private Histogram take() {
      histogram = recorder.getIntervalHistogram(histogram);
      return histogram;
    }
  }

  private LatencyLog(Path file, PrintStream out) {
    this.file = file;
    this.out = out;
    this.writer = new HistogramLogWriter(out);
  }

  /**
   * Makes the file and the directories above it.
   *
   * @throws UncheckedIOException when the file is there already, or cannot be made
   */
  public static LatencyLog open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new LatencyLog(
          file,
          new PrintStream(
              Files.newOutputStream(file, StandardOpenOption.CREATE_NEW),
              false,
              StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file + ": cannot be made", e);
    }
  }

  /**
   * The recorder of a leg; the same one when it is asked for again.
   *
   * @param tag one of {@link Leg}, or another without comma, space and line end
   * @return takes values from 0 to {@link #MAX_VALUE_NS}, of one thread
   */
  public SingleWriterRecorder leg(String tag) {
    if (tag.isEmpty() || tag.chars().anyMatch(c -> c <= ' ' || c == ',')) {
      throw new IllegalArgumentException("tag=" + tag + ": allowed without comma and space");
    }
    return legs.computeIfAbsent(tag, key -> new Interval()).recorder;
  }

  /** The recorder of one of our legs. */
  public SingleWriterRecorder leg(Leg leg) {
    return leg(leg.tag());
  }

  /**
   * Appends what was recorded since the last call, one line for each leg that has any.
   *
   * @param startMs and {@code endMs} of the interval, since the Unix epoch
   * @throws UncheckedIOException when the file cannot be written
   */
  public void write(long startMs, long endMs) {
    if (!begun) {
      begin(startMs);
    }
    legs.forEach((tag, leg) -> write(tag, leg.take(), startMs, endMs));
    out.flush();
    if (out.checkError()) {
      throw new UncheckedIOException(new IOException("file=" + file + ": cannot be written"));
    }
  }

  /** What was recorded of a leg in the interval that was written last; valid until the next one. */
  Histogram written(String tag) {
    return legs.get(tag).histogram;
  }

  private void begin(long startMs) {
    writer.outputLogFormatVersion();
    writer.outputBaseTime(startMs);
    writer.setBaseTime(startMs);
    writer.outputStartTime(startMs);
    writer.outputComment("[values in nanoseconds; interval maximum in nanoseconds]");
    writer.outputLegend();
    begun = true;
  }

  private void write(String tag, Histogram histogram, long startMs, long endMs) {
    if (histogram.getTotalCount() == 0) {
      return;
    }
    histogram.setTag(tag);
    histogram.setStartTimeStamp(startMs);
    histogram.setEndTimeStamp(endMs);
    double base = writer.getBaseTime();
    writer.outputIntervalHistogram(
        (startMs - base) / MS_A_SECOND, (endMs - base) / MS_A_SECOND, histogram, NANOSECONDS);
  }

  /** Closes the file; what was recorded since the last interval is lost. */
  @Override
  public void close() {
    writer.close();
  }
}
