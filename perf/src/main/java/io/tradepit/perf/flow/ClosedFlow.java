package io.tradepit.perf.flow;

import java.lang.foreign.Arena;

/**
 * Flows behind one another as one: ids go on, and whatever a flow leaves open is canceled behind
 * it. So the whole begins and ends with empty books and may be taken any number of times. One
 * thread.
 */
public final class ClosedFlow {
  private final long block;
  private final int mostMessages;
  private int messages;
  private int orders;
  private int mostOpen;
  private int lowest = Integer.MAX_VALUE;
  private int highest;

  /**
   * @param mostMessages that will be added, cancels of what is left open included
   */
  public ClosedFlow(Arena arena, int mostMessages) {
    this.mostMessages = mostMessages;
    block = NativeMemory.allocate(arena, (long) mostMessages * Flow.MESSAGE_BYTES);
  }

  /**
   * Adds a flow of one instrument.
   *
   * @param open the ids that are open at its end
   * @throws IllegalStateException when there is no room for all of it
   */
  public void add(Flow flow, int[] open) {
    FlowLimits limits = flow.limits();
    byte[] sides = new byte[limits.orders() + 1];
    for (int i = 0; i < flow.messages(); i++) {
      int id = (int) flow.orderId(i);
      sides[id] = flow.side(i);
      write(flow.kind(i), id, sides[id], flow.price(i), flow.quantity(i));
    }
    for (int id : open) {
      write(Flow.CANCEL, id, sides[id], 0, 0);
    }
    orders += limits.orders();
    mostOpen = Math.max(mostOpen, limits.mostOpenOrders());
    lowest = Math.min(lowest, limits.lowestPrice());
    highest = Math.max(highest, limits.highestPrice());
  }

  private void write(byte kind, int id, byte side, int price, int quantity) {
    if (messages == mostMessages) {
      throw new IllegalStateException("messages=" + (messages + 1L) + " most=" + mostMessages);
    }
    Flow.write(block, messages, kind, orders + (long) id, side, price, quantity, 1, messages);
    messages++;
  }

  /** All that was added. */
  public Flow flow() {
    return new Flow(block, messages, new FlowLimits(orders, mostOpen, 1, lowest, highest));
  }
}
