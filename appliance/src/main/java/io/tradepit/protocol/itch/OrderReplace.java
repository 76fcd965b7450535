package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Order Replace, type {@code U}, 35 bytes; side, stock and MPID are those of the original.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      originalOrderReference leaves the book
 *    19   8 u64      newOrderReference      last at its price
 *    27   4 u32      shares                 new total
 *    31   4 price 4  price
 * </pre>
 */
public final class OrderReplace extends ItchMessage {
  private static final int ORIGINAL_ORDER_REFERENCE_OFFSET = 11;
  private static final int NEW_ORDER_REFERENCE_OFFSET = 19;
  private static final int SHARES_OFFSET = 27;
  private static final int PRICE_OFFSET = 31;

  public OrderReplace() {
    super(ItchType.ORDER_REPLACE);
  }

  public long originalOrderReference() {
    return getU64(ORIGINAL_ORDER_REFERENCE_OFFSET);
  }

  public OrderReplace originalOrderReference(long originalOrderReference) {
    putU64(ORIGINAL_ORDER_REFERENCE_OFFSET, originalOrderReference);
    return this;
  }

  public long newOrderReference() {
    return getU64(NEW_ORDER_REFERENCE_OFFSET);
  }

  public OrderReplace newOrderReference(long newOrderReference) {
    putU64(NEW_ORDER_REFERENCE_OFFSET, newOrderReference);
    return this;
  }

  public long shares() {
    return getU32(SHARES_OFFSET);
  }

  public OrderReplace shares(long shares) {
    putU32(SHARES_OFFSET, shares);
    return this;
  }

  public long price() {
    return getU32(PRICE_OFFSET);
  }

  public OrderReplace price(long price) {
    putU32(PRICE_OFFSET, price);
    return this;
  }
}
