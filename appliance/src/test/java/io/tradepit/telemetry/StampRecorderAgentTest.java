package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.time.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class StampRecorderAgentTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long START_NS = 1_700_000_000L * SECOND_NS;

  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock(START_NS);
  private final CounterRegistry counters = new CounterRegistry();
  private Path file;
  private StampRecorderAgent agent;

  @BeforeEach
  void open() {
    file = directory.resolve("latency.hlog");
    StampTable table = new StampTable(64, clock);
    agent =
        new StampRecorderAgent(
            table.reader(1), LatencyLog.open(file), clock, clock::epochNs, SECOND_NS, counters);
    agent.doWork();
  }

  @Test
  void shouldRecordEachLegFromTheStampBefore() throws IOException {
    order(1_000, 1_200, 1_500, 1_900, 2_400);
    agent.onClose();

    assertEquals(
        Map.of(
            "sequenced", 200L, "released", 300L, "matched", 400L, "written", 500L, "order", 1400L),
        maxima());
    assertEquals(1, agent.orders());
  }

  @Test
  void shouldKeepTheLegsTogetherWhenTheSequencersTimeIsOfBeforeTheIngress() throws IOException {
    order(1_000, 900, 1_500, 1_900, 2_400);
    agent.onClose();

    assertEquals(
        Map.of("sequenced", 0L, "released", 500L, "matched", 400L, "written", 500L, "order", 1400L),
        maxima());
  }

  @Test
  void shouldKeepTheLegsTogetherWhenTheAnswerWentOutBeforeTheMatchersClockWasRead()
      throws IOException {
    order(1_000, 1_200, 1_500, 2_900, 2_400);
    agent.onClose();

    assertEquals(
        Map.of("sequenced", 200L, "released", 300L, "matched", 900L, "written", 0L, "order", 1400L),
        maxima());
  }

  @Test
  void shouldCountAnOrderThatAClockStepMadeNegative() throws IOException {
    order(1_000, 1_200, 700, 900, 1_400);
    order(1_000, 1_200, 1_300, 900, 1_400);
    order(1_000, 1_200, 1_300, 1_400, 800);
    agent.onMissed();
    agent.onBehind();
    agent.onUnanswered();
    agent.onClose();

    assertEquals(Map.of(), maxima());
    String text = metrics();
    assertTrue(text.contains("stamps_negative=3"), text);
    assertTrue(text.contains("stamps_missed=1"), text);
    assertTrue(text.contains("stamps_behind=1"), text);
    assertTrue(text.contains("stamps_unanswered=1"), text);
    assertTrue(text.contains("stamps_orders=0"), text);
  }

  @Test
  void shouldWriteAnIntervalWhenItIsOverAndShowItInTheMetrics() throws IOException {
    order(0, 0, 0, 0, 5_000);
    clock.advance(SECOND_NS - 1);
    agent.doWork();
    assertTrue(metrics().contains("latency_p50_ns{order}=0"), metrics());

    clock.advance(1);
    agent.doWork();

    assertEquals(5L * 1_000, (long) maxima().get("order") / 1_000 * 1_000);
    assertTrue(metrics().contains("latency_p50_ns{order}=5"), metrics());
    assertTrue(metrics().contains("latency_max_ns{written}=5"), metrics());
    agent.onClose();
  }

  private void order(long ingress, long sequenced, long released, long matched, long written) {
    agent.onOrder((byte) 'P', ingress, sequenced, released, matched, written);
  }

  private Map<String, Long> maxima() throws IOException {
    Map<String, Long> maxima = new TreeMap<>();
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        Histogram interval = (Histogram) next;
        maxima.put(interval.getTag(), interval.lowestEquivalentValue(interval.getMaxValue()));
      }
    }
    return maxima;
  }

  private String metrics() {
    StringBuilder text = new StringBuilder();
    counters
        .collect()
        .forEach(family ->
            family
                .getDataPoints()
                .forEach(point -> {
                  String leg = point.getLabels().get("leg");
                  text.append(family.getMetadata().getName().replace("tradepit_", ""))
                      .append(leg == null ? "" : "{" + leg + "}")
                      .append('=')
                      .append(value(point))
                      .append('\n');
                }));
    return text.toString();
  }

  private static long value(io.prometheus.metrics.model.snapshots.DataPointSnapshot point) {
    return point
            instanceof io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot g
        ? (long) g.getValue()
        : (long)
            ((io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot) point)
                .getValue();
  }
}
