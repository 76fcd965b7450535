package io.tradepit.perf.flow;

/**
 * Messages of members in one native block, in the order of their time.
 *
 * <pre>
 *   0        8     12       16   17   18     20         24      32
 *   |order id|price|quantity|kind|side|unused|instrument|time ns|
 * </pre>
 *
 * A {@link #NEW} order rests what does not match; an {@link #IOC} order's remainder is canceled. A
 * {@link #MODIFY} gives an open order another quantity and price: it is taken out and comes back
 * behind all others, and matches where it crosses. A {@link #CANCEL} or MODIFY whose order is not
 * open is rejected. Ids of orders are dense from 1. Nothing allocates; any thread may read.
 */
public final class Flow {
  public static final int MESSAGE_BYTES = 32;

  public static final byte NEW = 1;
  public static final byte IOC = 2;
  public static final byte CANCEL = 3;
  public static final byte MODIFY = 4;

  public static final byte BUY = 'B';
  public static final byte SELL = 'S';

  private static final int SHIFT = 5;
  private static final int ORDER_ID = 0;
  private static final int PRICE = 8;
  private static final int QUANTITY = 12;
  private static final int KIND = 16;
  private static final int SIDE = 17;
  private static final int INSTRUMENT = 20;
  private static final int TIME = 24;

  private final long address;
  private final int messages;
  private final FlowLimits limits;

  Flow(long address, int messages, FlowLimits limits) {
    this.address = address;
    this.messages = messages;
    this.limits = limits;
  }

  public int messages() {
    return messages;
  }

  public FlowLimits limits() {
    return limits;
  }

  /** Of the order that is meant, from 1. */
  public long orderId(int message) {
    return NativeMemory.getLong(at(message) + ORDER_ID);
  }

  /** In ticks, from 1; 0 in a CANCEL. */
  public int price(int message) {
    return NativeMemory.getInt(at(message) + PRICE);
  }

  /** From 1; 0 in a CANCEL. */
  public int quantity(int message) {
    return NativeMemory.getInt(at(message) + QUANTITY);
  }

  /** {@link #NEW}, {@link #IOC}, {@link #CANCEL} or {@link #MODIFY}. */
  public byte kind(int message) {
    return NativeMemory.getByte(at(message) + KIND);
  }

  /** {@link #BUY} or {@link #SELL}, that of the order in each of its messages. */
  public byte side(int message) {
    return NativeMemory.getByte(at(message) + SIDE);
  }

  /** From 1, that of the order in each of its messages. */
  public int instrument(int message) {
    return NativeMemory.getInt(at(message) + INSTRUMENT);
  }

  /** Since the begin of the flow, on the clock that all of it was simulated by. */
  public long timeNs(int message) {
    return NativeMemory.getLong(at(message) + TIME);
  }

  /** Of all bytes in order: equal for equal seeds, on any machine. */
  public long hash() {
    long hash = messages;
    long end = at(messages);
    for (long at = address; at < end; at += Long.BYTES) {
      hash = BytesHash.next(hash, NativeMemory.getLong(at));
    }
    return hash;
  }

  private long at(int message) {
    return address + ((long) message << SHIFT);
  }

  static void write(
      long block,
      int message,
      byte kind,
      long orderId,
      byte side,
      int price,
      int quantity,
      int instrument,
      long timeNs) {
    long at = block + ((long) message << SHIFT);
    NativeMemory.putLong(at + ORDER_ID, orderId);
    NativeMemory.putInt(at + PRICE, price);
    NativeMemory.putInt(at + QUANTITY, quantity);
    NativeMemory.putByte(at + KIND, kind);
    NativeMemory.putByte(at + SIDE, side);
    NativeMemory.putInt(at + INSTRUMENT, instrument);
    NativeMemory.putLong(at + TIME, timeNs);
  }
}
