package io.tradepit.perf.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Table, JSON and page all say how often was measured, and what failed. */
class PartsResultsTest {
  private static final PartsResults RESULTS =
      new PartsResults(
          new PartsMode(true, 1, 2, 2, 150),
          List.of(new PartFigure("Ring", "roundTrip", 200, 190, 2_000_000)),
          List.of("Ring.offerAndPoll JVMs=0"));

  private static void requireSaid(String text, String... words) {
    for (String word : words) {
      assertTrue(text.contains(word), text);
    }
  }

  @Test
  void shouldSayHowOftenWasMeasured() {
    String mode =
        "quick, a look only, code is not warm: 1 JVM for each, 2 + 2 iterations of 150 ms";
    requireSaid(RESULTS.text(), mode, "median of iterations");
    requireSaid(RESULTS.page(Map.of()), mode);
    requireSaid(RESULTS.json(Map.of()), "\"quick\": true", "\"forks\": 1", "\"iterationMs\": 150");
  }

  @Test
  void shouldKeepWhatThereIsWhenAPartFailed() {
    requireSaid(RESULTS.text(), "roundTrip", "failed: Ring.offerAndPoll JVMs=0");
    requireSaid(RESULTS.json(Map.of()), "Ring.roundTrip", "[\"Ring.offerAndPoll JVMs=0\"]");
    requireSaid(RESULTS.page(Map.of()), "roundTrip", "failed");
  }
}
