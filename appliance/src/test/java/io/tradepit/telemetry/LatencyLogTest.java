package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.SingleWriterRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LatencyLogTest {
  private static final long START_MS = 1_700_000_000_000L;

  @TempDir private Path directory;

  @Test
  void shouldReadBackWhatWasWritten() throws IOException {
    Path file = directory.resolve("run/latency.hlog");
    try (LatencyLog log = LatencyLog.open(file)) {
      SingleWriterRecorder order = log.leg(Leg.ORDER);
      SingleWriterRecorder gaps = log.leg("gaps");
      order.recordValue(12_345);
      order.recordValue(LatencyLog.MAX_VALUE_NS);
      log.write(START_MS, START_MS + 1_000);
      order.recordValue(7);
      gaps.recordValueWithCount(99, 3);
      log.write(START_MS + 1_000, START_MS + 2_000);
    }

    List<Histogram> read = read(file);

    assertEquals(
        List.of("order", "order", "gaps"), read.stream().map(EncodableHistogram::getTag).toList());
    assertEquals(START_MS, read.getFirst().getStartTimeStamp());
    assertEquals(START_MS + 1_000, read.getFirst().getEndTimeStamp());
    assertEquals(2, read.getFirst().getTotalCount());
    assertTrue(read.getFirst().valuesAreEquivalent(12_345, read.getFirst().getMinValue()));
    assertTrue(
        read.getFirst()
            .valuesAreEquivalent(LatencyLog.MAX_VALUE_NS, read.getFirst().getMaxValue()));
    assertEquals(START_MS + 1_000, read.get(1).getStartTimeStamp());
    assertEquals(7, read.get(1).getMaxValue());
    assertEquals(3, read.get(2).getCountAtValue(99));
    assertTrue(Files.readString(file).startsWith("#[Histogram log format version 1.3]"));
  }

  @Test
  void shouldWriteNoLineForALegWithoutValues() throws IOException {
    Path file = directory.resolve("latency.hlog");
    try (LatencyLog log = LatencyLog.open(file)) {
      log.leg(Leg.ANSWER);
      log.write(START_MS, START_MS + 1_000);
    }

    assertTrue(read(file).isEmpty());
  }

  @Test
  void shouldKeepOneRecorderForEachTag() {
    try (LatencyLog log = LatencyLog.open(directory.resolve("latency.hlog"))) {
      assertSame(log.leg(Leg.ANSWER), log.leg("answer"));
      assertNotSame(log.leg(Leg.ANSWER), log.leg(Leg.ANSWER_UNCORRECTED));
    }
  }

  @Test
  void shouldRefuseAFileThatIsThere() throws IOException {
    Path file = Files.createFile(directory.resolve("latency.hlog"));

    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> LatencyLog.open(file));

    assertTrue(refused.getMessage().contains("file=" + file), refused.getMessage());
  }

  @Test
  void shouldRefuseATagThatWouldBreakALine() {
    try (LatencyLog log = LatencyLog.open(directory.resolve("latency.hlog"))) {
      for (String tag : List.of("", "a,b", "a b", "a\n")) {
        assertThrows(IllegalArgumentException.class, () -> log.leg(tag));
      }
    }
  }

  @Test
  void shouldKnowTheLegOfATag() {
    for (Leg leg : Leg.values()) {
      assertEquals(Optional.of(leg), Leg.of(leg.tag()));
    }
    assertFalse(Leg.of("else").isPresent());
  }

  private static List<Histogram> read(Path file) throws IOException {
    List<Histogram> intervals = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      // hasNext() is true before the comments that end a file; the next one is null then.
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        intervals.add((Histogram) next);
      }
    }
    return intervals;
  }
}
