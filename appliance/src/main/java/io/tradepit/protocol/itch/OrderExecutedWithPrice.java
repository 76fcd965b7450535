package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Order Executed With Price, type {@code C}, 36 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      orderReference
 *    19   4 u32      executedShares         of this execution
 *    23   8 u64      matchNumber            unique in the day
 *    31   1 char     printable              Y, or N = no volume
 *    32   4 price 4  executionPrice
 * </pre>
 */
public final class OrderExecutedWithPrice extends ItchMessage {
  private static final int ORDER_REFERENCE_OFFSET = 11;
  private static final int EXECUTED_SHARES_OFFSET = 19;
  private static final int MATCH_NUMBER_OFFSET = 23;
  private static final int PRINTABLE_OFFSET = 31;
  private static final int EXECUTION_PRICE_OFFSET = 32;

  public OrderExecutedWithPrice() {
    super(ItchType.ORDER_EXECUTED_WITH_PRICE);
  }

  public long orderReference() {
    return getU64(ORDER_REFERENCE_OFFSET);
  }

  public OrderExecutedWithPrice orderReference(long orderReference) {
    putU64(ORDER_REFERENCE_OFFSET, orderReference);
    return this;
  }

  public long executedShares() {
    return getU32(EXECUTED_SHARES_OFFSET);
  }

  public OrderExecutedWithPrice executedShares(long executedShares) {
    putU32(EXECUTED_SHARES_OFFSET, executedShares);
    return this;
  }

  public long matchNumber() {
    return getU64(MATCH_NUMBER_OFFSET);
  }

  public OrderExecutedWithPrice matchNumber(long matchNumber) {
    putU64(MATCH_NUMBER_OFFSET, matchNumber);
    return this;
  }

  public byte printable() {
    return getByte(PRINTABLE_OFFSET);
  }

  public OrderExecutedWithPrice printable(byte printable) {
    putByte(PRINTABLE_OFFSET, printable);
    return this;
  }

  public long executionPrice() {
    return getU32(EXECUTION_PRICE_OFFSET);
  }

  public OrderExecutedWithPrice executionPrice(long executionPrice) {
    putU32(EXECUTION_PRICE_OFFSET, executionPrice);
    return this;
  }
}
