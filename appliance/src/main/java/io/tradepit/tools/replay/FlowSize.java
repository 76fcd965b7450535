package io.tradepit.tools.replay;

import io.tradepit.tools.segment.SegmentPlan;
import org.agrona.collections.LongHashSet;

/** What a segment needs to take a flow: ticks and room. Immutable. */
final class FlowSize {
  private static final String USER = "RPL1";
  private static final String FIRM = "RPL";

  private final ReplayFlow flow;
  private final long[] ticks4;
  private final long[] references4;
  private final int openOrders;
  private final int levels;

  FlowSize(ReplayFlow flow) {
    this.flow = flow;
    ticks4 = new long[flow.symbols().size()];
    references4 = new long[ticks4.length];
    LongHashSet prices = new LongHashSet();
    int open = 0;
    int most = 0;
    for (int command = 0; command < flow.size(); command++) {
      byte kind = flow.kind(command);
      if (ReplayFlow.isOrder(kind)) {
        seePrice(flow.instrument(command), flow.price(command));
        prices.add(levelOf(command));
      }
      open += kind == ReplayFlow.NEW ? 1 : kind == ReplayFlow.DELETE ? -1 : 0;
      most = Math.max(most, open);
    }
    // One more of each for an incoming order, which needs room as if it rested.
    openOrders = most + 1;
    levels = prices.size() + 1;
  }

  /** The greatest common divisor of all prices of an instrument. */
  long tick4(int instrument) {
    return ticks4[instrument];
  }

  /** At most so many are open at once, as if nothing matched. */
  int openOrders() {
    return openOrders;
  }

  /** Different prices, each side of each instrument for itself. */
  int levels() {
    return levels;
  }

  /** A segment for the flow alone, with one session and no limits of rate. */
  SegmentPlan plan() {
    SegmentPlan plan = new SegmentPlan();
    for (int i = 0; i < ticks4.length; i++) {
      plan.instrument(flow.symbols().get(i), ticks4[i], 1, references4[i]);
    }
    return plan.session(USER, FIRM)
        .orders(openOrders)
        .levels(levels)
        .openOrdersOfSession(openOrders);
  }

  private void seePrice(int instrument, long price) {
    ticks4[instrument] = gcd(ticks4[instrument], price);
    references4[instrument] = references4[instrument] == 0 ? price : references4[instrument];
  }

  private long levelOf(int command) {
    long side = flow.side(command) == 'B' ? 1 : 0;
    return ((long) flow.instrument(command) << 33) | ((long) flow.price(command) << 1) | side;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
