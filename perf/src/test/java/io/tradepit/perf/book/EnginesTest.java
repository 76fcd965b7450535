package io.tradepit.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import io.tradepit.perf.flow.Scene;
import io.tradepit.perf.flow.SceneGenerator;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  @Test
  void shouldReportWhatTheReferenceReportsInManyInstrumentsSweepsAndStorms() {
    try (Arena arena = Arena.ofConfined()) {
      SceneGenerator scenes = new SceneGenerator(FlowGenerator.SEED, arena);
      for (Scene scene :
          List.of(
              scenes.standing(2_000, 50, 100, 4_000),
              scenes.standing(2_000, 1_000, 1, 4_000),
              scenes.sweeps(5_000, 500, 1),
              scenes.cancelStorm(3_000, 200),
              scenes.openingBurst(5_000, 200))) {
        Flow flow = scene.flow();
        HashedReports expected = run(flow, new ReferenceEngine(flow));
        requireEqual(expected, run(flow, new TradepitEngine(flow)));
        requireEqual(expected, run(flow, new TradepitMatcherEngine(flow)));
      }
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
