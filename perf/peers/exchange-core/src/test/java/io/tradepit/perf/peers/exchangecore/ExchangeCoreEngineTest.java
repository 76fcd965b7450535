package io.tradepit.perf.peers.exchangecore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.perf.book.EngineCheck;
import io.tradepit.perf.book.ReferenceEngine;
import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.lang.foreign.Arena;
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
    for (int seed = 1; seed <= (LONG ? 5 : 1); seed++) {
      requireEqual(regime, LONG ? 50_000 : 10_000, seed);
    }
    if (LONG) {
      requireEqual(regime, FlowGenerator.ORDERS, FlowGenerator.SEED);
    }
  }

  private static void requireEqual(Regime regime, int orders, long seed) {
    try (Arena arena = Arena.ofConfined()) {
      Flow flow = FlowGenerator.generate(regime, orders, seed, arena);
      assertEquals(
          EngineCheck.reportHash(new ReferenceEngine(flow), flow),
          EngineCheck.reportHash(new ExchangeCoreEngine(flow), flow),
          () -> "orders=" + orders + " seed=" + seed);
    }
  }
}
