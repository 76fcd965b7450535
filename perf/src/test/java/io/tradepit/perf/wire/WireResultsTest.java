package io.tradepit.perf.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.openloop.RateFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What follows from the rows of some rounds, and that a row is the same behind its line. */
@Timeout(30)
class WireResultsTest {
  private static final long MICRO = 1_000;

  private final WireResults results = new WireResults("epoll", ThreadLayout.SPINNING);

  private static WireRow row(long rate, boolean isKept, long micros) {
    Histogram latencies = new Histogram(3);
    latencies.recordValueWithCount(micros * MICRO, 1_000);
    return new WireRow(4, RateFigures.of(rate, isKept, 7 * MICRO, latencies), 20_000_000);
  }

  private void round(long... rates) {
    results.beginRound();
    for (long rate : rates) {
      results.add(row(Math.abs(rate), rate > 0, Math.abs(rate)));
    }
  }

  @Test
  void shouldReadWhatItWrote() {
    WireRow row = row(100, true, 30);
    WireRow read = WireRow.parse(row.line());
    assertTrue(WireRow.isRow(row.line()));
    assertEquals(row.latencies(), read.latencies());
    assertEquals(row.figures(), read.figures());
    assertEquals(20, read.cpuMicrosOfOrder());
    WireRow undone = new WireRow(4, RateFigures.undone(100, 3), 0);
    assertEquals(undone.figures(), WireRow.parse(undone.line()).figures());
  }

  @Test
  void shouldGiveTheHighestRateOfAnUnbrokenRun() {
    round(100, 200, -300, 400);
    round(100, 200, 300, -400);
    round(100, -200, -300);
    assertEquals(200, results.highestKept(4));
    assertEquals(1, results.kept(4, 300));
    assertEquals(List.of(100L, 200L, 300L, 400L), results.rates(4));
  }

  @Test
  void shouldShowForEachRowWhetherItsRateWasKept() {
    round(100, -200);
    results.add(WireRow.oneInFlight(4, 20_000_000, row(1, true, 30).latencies()));
    results.add(new MemberGaps(1_000_000_000, 12, 5_000_000));
    results.add(new MemberGaps(1_000_000_000, 8, 2_000_000));
    results.giveUp("sessions=4 at=300 accepted=3");
    WireOptions options = new WireOptions(List.of(4), 1_000, List.of(100L, 200L), 1, OrderMix.IOC);
    assertEquals(options, WireOptions.parse(options.arguments()));
    WireReport report =
        new WireReport(
            options,
            Loopback.LABEL,
            Path.of("/dev/shm"),
            List.of(results),
            Map.of("io_uring", "no ring"));
    String json = WireJson.of(report, 1, Map.of());
    assertTrue(
        json.contains(
            "\"rate\": 100, \"lateNs\": 7000, \"runs\": 1, \"keptRuns\": 1, \"kept\": true"),
        json);
    assertTrue(
        json.contains(
            "\"rate\": 200, \"lateNs\": 7000, \"runs\": 1, \"keptRuns\": 0, \"kept\": false"),
        json);
    assertTrue(json.contains("\"skipped\": {\"io_uring\":\"no ring\"}"), json);
    assertTrue(
        json.contains("\"givenUp\": [\"epoll, spinning: round=1 sessions=4 at=300 accepted=3\"]"),
        json);
    String table = WireTable.of(report);
    assertTrue(table.contains("more than 10 µs 10 times a second, at the longest 5.0 ms"), table);
    assertTrue(table.contains("given up: epoll, spinning: round=1 sessions=4 at=300"), table);
    assertTrue(table.contains("durability: recorded in /dev/shm"), table);
    assertTrue(table.contains("rates: 100 200 a second, 1.0 s"), table);
    assertTrue(table.contains("epoll, spinning: highest kept 100 with 4 sessions"), table);
    assertTrue(table.contains("skipped: io_uring: no ring"), table);
    String page = WirePage.of(report, Map.of());
    assertTrue(page.contains("epoll, 200 a second (not kept): p50 200 µs"), page);
  }
}
