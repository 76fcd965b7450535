package io.tradepit.perf.book;

import io.tradepit.perf.flow.Flow;

/** Reads each message and hands over one report; matches nothing. The bound for all others. */
public final class NullEngine implements BookEngine {
  /** Every engine takes the flow. */
  public NullEngine(Flow flow) {
    // Keeps nothing.
  }

  @Override
  public void apply(Flow flow, int from, int to, Reports reports) {
    for (int i = from; i < to; i++) {
      if (flow.kind(i) == Flow.CANCEL) {
        reports.canceled(flow.orderId(i), flow.quantity(i));
      } else {
        reports.accepted(flow.orderId(i), flow.quantity(i), flow.price(i), flow.side(i));
      }
    }
  }

  @Override
  public String version() {
    return "reads each message, hands over one report";
  }
}
