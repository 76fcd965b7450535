package io.tradepit.perf.book;

/**
 * Takes what an engine has to say. For a NEW order: accepted, then a trade for each match in the
 * order of the matches. For an IOC order: accepted, its trades, then canceled when something is
 * left. For a MODIFY: accepted with the new terms, then its trades. For a CANCEL: canceled. For a
 * CANCEL or MODIFY of an order that is not open: rejected.
 *
 * <p>Each report is a line of 64 bytes; the rest of it is zero.
 *
 * <pre>
 *   0    1    2      3      8        16                24    28       32            40
 *   |kind|side|reason|unused|order id|resting order id|price|quantity|report number|
 * </pre>
 *
 * The engine's thread only; allocates nothing. A process loads one subclass, so that calls stay
 * direct.
 */
public abstract class Reports {
  public static final int REPORT_BYTES = 64;

  public static final byte ACCEPTED = 1;
  public static final byte TRADED = 2;
  public static final byte CANCELED = 3;
  public static final byte REJECTED = 4;

  /** The order is not open: it never was, was filled or canceled. */
  public static final byte UNKNOWN_ORDER = 1;

  /**
   * @param side {@code Flow.BUY} or {@code Flow.SELL}
   */
  public final void accepted(long orderId, int quantity, int price, byte side) {
    report(ACCEPTED | (side << 8), orderId, 0, terms(price, quantity));
  }

  /**
   * One match.
   *
   * @param price that of the resting order, in ticks
   */
  public final void traded(long restingId, long incomingId, int price, int quantity) {
    report(TRADED, incomingId, restingId, terms(price, quantity));
  }

  /**
   * @param quantityLeft what was not executed
   */
  public final void canceled(long orderId, int quantityLeft) {
    report(CANCELED, orderId, 0, terms(0, quantityLeft));
  }

  public final void rejected(long orderId, byte reason) {
    report(REJECTED | (reason << 16), orderId, 0, 0);
  }

  private static long terms(int price, int quantity) {
    return ((long) quantity << 32) | price;
  }

  /** The four words that a report begins with. */
  abstract void report(long head, long orderId, long restingId, long terms);

  /** The batch of messages is over: what was reported may be seen. */
  abstract void endBatch();

  /** Reports so far. */
  abstract long count();
}
