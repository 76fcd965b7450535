package io.tradepit.perf.book;

import io.tradepit.perf.flow.ClosedFlow;
import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * All five regimes behind one another, each ended by cancels of what it leaves open, and what the
 * reference says of it.
 *
 * @param reports that one turn of it gives
 * @param hash of all bytes of them in their order
 */
record EnduranceCycle(Flow flow, long reports, long hash) {
  /**
   * @param orders of each regime, even
   */
  static EnduranceCycle of(int orders, Arena arena) {
    List<Flow> flows = new ArrayList<>();
    List<int[]> left = new ArrayList<>();
    int messages = 0;
    for (Regime regime : Regime.values()) {
      Flow flow = FlowGenerator.generate(regime, orders, FlowGenerator.SEED, arena);
      ReferenceEngine reference = new ReferenceEngine(flow);
      reference.apply(flow, 0, flow.messages(), new HashedReports());
      flows.add(flow);
      left.add(reference.openIds());
      messages += flow.messages() + left.getLast().length;
    }
    ClosedFlow closed = new ClosedFlow(arena, messages);
    for (int i = 0; i < flows.size(); i++) {
      closed.add(flows.get(i), left.get(i));
    }
    return counted(closed.flow());
  }

  private static EnduranceCycle counted(Flow flow) {
    ReferenceEngine reference = new ReferenceEngine(flow);
    HashedReports reports = new HashedReports();
    reference.apply(flow, 0, flow.messages(), reports);
    if (reference.openOrders() != 0) {
      throw new IllegalStateException("open=" + reference.openOrders() + " expected=0");
    }
    return new EnduranceCycle(flow, reports.count(), reports.hash());
  }
}
