package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.telemetry.LatencyFolder;
import io.tradepit.telemetry.Nanos;
import io.tradepit.telemetry.RunDescription;
import io.tradepit.telemetry.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stamps of a live segment: what it writes of the orders that came over TCP. */
@Timeout(60)
class SegmentStampsTest {
  private static final long PRICE = 1_000_000;
  private static final int ORDERS = 200;

  @TempDir Path directory;

  @Test
  void shouldWriteTheLegsOfEveryAnsweredOrder() throws Exception {
    TestSegment plan = new TestSegment(directory).write();
    try (Segment segment = SegmentTest.start(plan);
        Member member = plan.login("NPT1", 1)) {
      for (int urn = 1; urn <= ORDERS; urn++) {
        member.send(OuchBytes.enter(urn, 'B', 10, "ALDER", PRICE - 100L * urn));
        member.awaitMessages(1 + urn);
      }
      // Stamps are read a little later, by another thread.
      member.await(() -> segment.stamps.orders() == ORDERS);
      assertFalse(segment.faults.isStopping());
    }

    List<Path> folders = LatencyFolder.all(directory.resolve("data/latency"));
    assertEquals(1, folders.size());
    Map<String, Histogram> legs = legs(folders.getFirst().resolve("latency.hlog"));
    assertEquals(Set.of("sequenced", "released", "matched", "written", "order"), legs.keySet());
    legs.forEach((leg, histogram) -> assertEquals(ORDERS, histogram.getTotalCount(), leg));
    double sum = 0;
    for (String leg : List.of("sequenced", "released", "matched", "written")) {
      sum += legs.get(leg).getMean();
    }
    assertEquals(legs.get("order").getMean(), sum, sum / 100, "the legs make up the whole");
    RunDescription described = RunFile.read(folders.getFirst().resolve("environment.json"));
    assertEquals("segment", described.kind());
    assertEquals(ORDERS, described.orders());
    assertTrue(described.durationS() > 0);
    assertTrue(described.environment().get("threads: tp-seq").contains("matcher"));
    assertTrue(described.environment().get("configuration").contains("sha256 "));
    assertEquals(
        "behind 0, missed 0, below zero 0; commands without an answer 0",
        described.environment().get("orders not recorded"));
    assertEquals(5, described.stamps().size());
    Tier.ran(
        "stamps of a segment",
        "orders=%d orderP50=%s orderMax=%s"
            .formatted(
                ORDERS,
                Nanos.text(legs.get("order").getValueAtPercentile(50)),
                Nanos.text(legs.get("order").getMaxValue())));
  }

  @Test
  void shouldWriteNothingWhenStampsAreOff() throws Exception {
    TestSegment plan = new TestSegment(directory).write();
    Files.writeString(plan.file, "telemetry: {stamps: off}\n", StandardOpenOption.APPEND);
    try (Segment segment = SegmentTest.start(plan);
        Member member = plan.login("NPT1", 1)) {
      member.send(OuchBytes.enter(1, 'B', 10, "ALDER", PRICE));
      member.awaitMessages(2);
      assertEquals(0, segment.stamps.orders());
    }

    assertFalse(Files.exists(directory.resolve("data/latency")));
  }

  private static Map<String, Histogram> legs(Path file) throws IOException {
    Map<String, Histogram> legs = new TreeMap<>();
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        legs.computeIfAbsent(next.getTag(), tag -> new Histogram(3)).add((Histogram) next);
      }
    }
    return legs;
  }
}
