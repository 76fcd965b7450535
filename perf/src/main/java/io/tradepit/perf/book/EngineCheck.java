package io.tradepit.perf.book;

import io.tradepit.perf.flow.Flow;

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
}
