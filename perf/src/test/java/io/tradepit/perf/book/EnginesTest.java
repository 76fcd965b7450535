package io.tradepit.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every engine of ours says what the reference says, byte by byte. */
@Timeout(60)
class EnginesTest {
  private static final int ORDERS = 10_000;

  @ParameterizedTest
  @EnumSource(Regime.class)
  void shouldReportWhatTheReferenceReports(Regime regime) {
    try (Arena arena = Arena.ofConfined()) {
      Flow flow = FlowGenerator.generate(regime, ORDERS, FlowGenerator.SEED, arena);
      HashedReports expected = run(flow, new ReferenceEngine(flow));
      requireEqual(expected, run(flow, new TradepitEngine(flow)));
      requireEqual(expected, run(flow, new TradepitMatcherEngine(flow)));
    }
  }

  private static void requireEqual(HashedReports expected, HashedReports actual) {
    assertEquals(expected.count(), actual.count());
    assertEquals(expected.hash(), actual.hash());
  }

  private static HashedReports run(Flow flow, BookEngine engine) {
    HashedReports reports = new HashedReports();
    engine.apply(flow, 0, flow.messages(), reports);
    return reports;
  }
}
