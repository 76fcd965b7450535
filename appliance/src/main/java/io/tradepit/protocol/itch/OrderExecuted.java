package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Order Executed, type {@code E}, 31 bytes; at the price of the order.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      orderReference
 *    19   4 u32      executedShares         of this execution
 *    23   8 u64      matchNumber            unique in the day
 * </pre>
 */
public final class OrderExecuted extends ItchMessage {
  private static final int ORDER_REFERENCE_OFFSET = 11;
  private static final int EXECUTED_SHARES_OFFSET = 19;
  private static final int MATCH_NUMBER_OFFSET = 23;

  public OrderExecuted() {
    super(ItchType.ORDER_EXECUTED);
  }

  public long orderReference() {
    return getU64(ORDER_REFERENCE_OFFSET);
  }

  public OrderExecuted orderReference(long orderReference) {
    putU64(ORDER_REFERENCE_OFFSET, orderReference);
    return this;
  }

  public long executedShares() {
    return getU32(EXECUTED_SHARES_OFFSET);
  }

  public OrderExecuted executedShares(long executedShares) {
    putU32(EXECUTED_SHARES_OFFSET, executedShares);
    return this;
  }

  public long matchNumber() {
    return getU64(MATCH_NUMBER_OFFSET);
  }

  public OrderExecuted matchNumber(long matchNumber) {
    putU64(MATCH_NUMBER_OFFSET, matchNumber);
    return this;
  }
}
