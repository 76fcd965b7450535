package io.tradepit.perf.peers.exchangecore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.perf.book.EngineCheck;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeCoreEngineTest {
  private static final boolean LONG = "long".equals(System.getProperty("tradepit.tier"));

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void shouldReportWhatTheReferenceReports(Regime regime) {
    long messages = 0;
    for (int seed = 1; seed <= (LONG ? 5 : 1); seed++) {
      messages += requireEqual(regime, LONG ? 50_000 : 10_000, seed);
    }
    if (LONG) {
      messages += requireEqual(regime, FlowGenerator.ORDERS, FlowGenerator.SEED);
    }
    System.out.printf(
        "%s against the reference: %s messages=%d%n", "ExchangeCore", regime, messages);
  }

  private static int requireEqual(Regime regime, int orders, long seed) {
    EngineCheck.Words words = EngineCheck.words(regime, orders, seed, ExchangeCoreEngine::new);
    assertEquals(words.expected(), words.said(), () -> "orders=" + orders + " seed=" + seed);
    return words.messages();
  }
}
