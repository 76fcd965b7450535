package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.book.EngineSetup.Role;
import io.tradepit.perf.openloop.RateFigures;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What follows from the runs of some rounds, each of which gives up behind lost rates. */
class PipelineResultsTest {
  private final PipelineResults results = new PipelineResults("tradepit", Role.OURS, false);

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      results.beginRound();
    }
  }

  private void add(long rate, boolean... kept) {
    add(results, rate, 10, kept);
  }

  private static void add(PipelineResults to, long rate, long latencyNs, boolean... kept) {
    for (boolean isKept : kept) {
      Histogram latencies = new Histogram(3);
      latencies.recordValue(latencyNs);
      to.add(RateFigures.of(rate, isKept, 5, latencies));
    }
  }

  @Test
  void shouldGiveTheLastOfAnUnbrokenRunOfKeptRates() {
    rounds(3);
    add(100, true, true, true);
    add(200, true, true, false);
    add(300, true, false, false);
    add(400, true, true, true);
    assertEquals(200, results.highestKept());
  }

  @Test
  void shouldTakeARateThatARoundDidNotTryAsNotKept() {
    rounds(3);
    add(100, true, true, true);
    add(200, true);
    assertEquals(100, results.highestKept());
    assertTrue(PipelineTable.of(List.of(results)).contains("1 of 3"));
  }

  @Test
  void shouldShowNoLatencyOfARunThatWasNotDone() {
    RateFigures undone = RateFigures.undone(100, 7);
    assertEquals(undone, RateFigures.parse(undone.line()));
    rounds(1);
    results.add(undone);
    assertEquals(0, results.highestKept());
    String table = PipelineTable.of(List.of(results));
    assertTrue(table.contains("        -  0 of 1"), table);
    assertTrue(PipelineJson.member(List.of(results)).contains("\"p50\": null"));
    add(100, true, false);
    assertEquals(10, results.middle(100).orElseThrow().p50Ns());
  }

  @Test
  void shouldTakeARoundThatGotStuckBeforeItsRatesAsNotKept() {
    rounds(2);
    add(100, true);
    results.stalled("stalled at=warm-up-send done=7");
    assertEquals(0, results.highestKept());
    assertTrue(PipelineTable.of(List.of(results)).contains("round 2 stalled at=warm-up-send"));
  }

  @Test
  void shouldCompareOursWithThePeerThatKeepsTheMostAndTheFastestOfEachRate() {
    PipelineResults slow = new PipelineResults("slow", Role.PEER, false);
    PipelineResults fast = new PipelineResults("fast", Role.PEER, false);
    rounds(1);
    slow.beginRound();
    fast.beginRound();
    for (long rate : List.of(100L, 200L, 300L)) {
      add(results, rate, 50, true);
      add(fast, rate, rate, rate < 300);
      add(slow, rate, 40, rate < 200);
    }
    List<PipelineResults> all = List.of(results, slow, fast);
    PipelineMatch match = PipelineMatch.of(all).getFirst();
    assertEquals(List.of(100L, 200L), match.rates());
    assertEquals(
        "no journal: highest kept 300 against 200 of fast; of 2 rates that both keep a lower p50"
            + " than any peer at 1, a lower p90 at 1",
        match.text());
    String page = PipelinePage.of(all, Map.of("cpu", "some"));
    assertTrue(page.contains("All percentiles at 200 a second"), page);
  }

  @Test
  void shouldKeepAllLatenciesOnTheirWayFromTheChild() {
    Histogram latencies = new Histogram(60_000_000_000L, 3);
    for (long ns = 100; ns < 20_000_000; ns += ns / 5) {
      latencies.recordValue(ns);
    }
    RateFigures run = RateFigures.of(100, true, 5, latencies);
    assertEquals(run, RateFigures.parse(run.line()));
  }
}
