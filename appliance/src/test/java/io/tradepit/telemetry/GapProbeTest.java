package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.SingleWriterRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GapProbeTest {
  @TempDir private Path directory;

  @Test
  void shouldRecordWhatIsAboveTheThreshold() {
    long[] readings = {0, 100, 1_100, 2_101, 2_200, 9_200, 10_000};
    int[] index = {0};
    SingleWriterRecorder gaps = new SingleWriterRecorder(LatencyLog.MAX_VALUE_NS, 3);

    long spun = new GapProbe(() -> readings[index[0]++], 1_000).run(10_000, gaps);

    Histogram seen = gaps.getIntervalHistogram();
    assertEquals(10_000, spun);
    assertEquals(2, seen.getTotalCount());
    assertEquals(1, seen.getCountAtValue(1_001));
    assertTrue(seen.valuesAreEquivalent(7_000, seen.getMaxValue()));
  }

  @Test
  void shouldAppendAnIntervalOfTheTimeThatItSpun() throws IOException {
    Path file = directory.resolve("latency.hlog");
    try (LatencyLog log = LatencyLog.open(file)) {
      GapProbe.record(log, TimeUnit.MILLISECONDS.toNanos(300));
    }
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      Histogram gaps = (Histogram) reader.nextIntervalHistogram();
      assertEquals("gaps", gaps.getTag());
      // The file has seconds with three decimals, which are read back as binary fractions.
      assertTrue(gaps.getEndTimeStamp() - gaps.getStartTimeStamp() >= 299);
      Tier.ran(
          "gaps of this machine",
          "gaps=%d p50Ns=%d maxNs=%d"
              .formatted(gaps.getTotalCount(), gaps.getValueAtPercentile(50), gaps.getMaxValue()));
    }
  }
}
