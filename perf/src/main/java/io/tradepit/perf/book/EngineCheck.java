package io.tradepit.perf.book;

import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.lang.foreign.Arena;
import java.util.function.Function;

/** What an engine says, without a clock: two engines are equal when this is. */
public final class EngineCheck {
  private EngineCheck() {}

  /**
   * A hash of all bytes of all reports, in their order.
   *
   * @param engine a new one, made for the flow
   */
  public static long reportHash(BookEngine engine, Flow flow) {
    HashedReports reports = new HashedReports();
    engine.apply(flow, 0, flow.messages(), reports);
    return reports.hash();
  }

  /**
   * What an engine and the reference say of one flow, for a test to compare.
   *
   * @param messages of the flow
   * @param expected hash of the reference's reports
   * @param said hash of the engine's
   */
  public record Words(int messages, long expected, long said) {}

  /**
   * Drives an engine and the reference with the flow of a seed.
   *
   * @param orders new ones, even
   * @param engine makes one for a flow
   */
  public static Words words(
      Regime regime, int orders, long seed, Function<Flow, BookEngine> engine) {
    try (Arena arena = Arena.ofConfined()) {
      Flow flow = FlowGenerator.generate(regime, orders, seed, arena);
      return new Words(
          flow.messages(),
          reportHash(new ReferenceEngine(flow), flow),
          reportHash(engine.apply(flow), flow));
    }
  }
}
