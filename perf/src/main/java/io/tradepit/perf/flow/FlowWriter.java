package io.tradepit.perf.flow;

import java.lang.foreign.Arena;

/** Writes a flow message by message, in the order of its time. One thread. */
final class FlowWriter {
  private static final long GAP_NS = 1_000;
  private final long block;
  private final int instruments;
  // By id: the instrument, negative where the order sells.
  private final int[] placed;
  private int messages;
  private int orders;
  private int open;
  private int mostOpen;
  private int lowest = Integer.MAX_VALUE;
  private int highest = 1;

  /**
   * @param mostMessages that will be written
   */
  FlowWriter(Arena arena, int mostMessages, int instruments) {
    this.block = NativeMemory.allocate(arena, (long) mostMessages * Flow.MESSAGE_BYTES);
    this.placed = new int[mostMessages + 1];
    this.instruments = instruments;
  }

  /** A new order; returns its id. */
  int enter(byte kind, byte side, int instrument, int price, int quantity) {
    orders++;
    placed[orders] = side == Flow.BUY ? instrument : -instrument;
    write(kind, orders, price, quantity);
    lowest = Math.min(lowest, price);
    highest = Math.max(highest, price);
    open += kind == Flow.NEW ? 1 : 0;
    mostOpen = Math.max(mostOpen, open);
    return orders;
  }

  /** Cancels an order that is open. */
  void cancel(int id) {
    write(Flow.CANCEL, id, 0, 0);
    open--;
  }

  /** Orders that were filled are open no more. */
  void filled(int count) {
    open -= count;
  }

  private void write(byte kind, int id, int price, int quantity) {
    byte side = placed[id] > 0 ? Flow.BUY : Flow.SELL;
    int instrument = Math.abs(placed[id]);
    Flow.write(block, messages, kind, id, side, price, quantity, instrument, messages * GAP_NS);
    messages++;
  }

  int messages() {
    return messages;
  }

  Flow flow() {
    return new Flow(
        block, messages, new FlowLimits(orders, mostOpen, instruments, lowest, highest));
  }
}
