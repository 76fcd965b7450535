package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from the runs of some rounds, each of which gives up behind lost rates. */
class PipelineResultsTest {
  private final PipelineResults results = new PipelineResults("tradepit");

  private void add(long rate, boolean... kept) {
    for (boolean isKept : kept) {
      results.add(new RateFigures(rate, 1_000, true, isKept, 5, 10, 20, 30, 40, 50));
    }
  }

  @Test
  void shouldGiveTheLastOfAnUnbrokenRunOfKeptRates() {
    add(100, true, true, true);
    add(200, true, true, false);
    add(300, true, false, false);
    add(400, true, true, true);
    assertEquals(200, results.highestKept());
  }

  @Test
  void shouldTakeARateThatARoundDidNotTryAsNotKept() {
    add(100, true, true, true);
    add(200, true);
    assertEquals(100, results.highestKept());
    assertTrue(PipelineTable.of(List.of(results)).contains("1 of 3"));
  }

  @Test
  void shouldShowNoLatencyOfARunThatWasNotDone() {
    RateFigures undone = RateFigures.undone(100, 7);
    assertEquals(undone, RateFigures.parse(undone.line()));
    results.add(undone);
    assertEquals(0, results.highestKept());
    String table = PipelineTable.of(List.of(results));
    assertTrue(table.contains("        -  0 of 1"), table);
    assertTrue(PipelineJson.member(List.of(results)).contains("\"p50\": null"));
    add(100, true, false);
    assertEquals(10, results.middle(100).orElseThrow().p50Ns());
  }
}
