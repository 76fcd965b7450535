package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Add Order, no attribution, type {@code A}, 36 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      orderReference         unique in the day
 *    19   1 char     side                   B S
 *    20   4 u32      shares                 displayed
 *    24   8 alpha 8  stock
 *    32   4 price 4  price
 * </pre>
 */
public final class AddOrder extends ItchMessage {
  private static final int ORDER_REFERENCE_OFFSET = 11;
  private static final int SIDE_OFFSET = 19;
  private static final int SHARES_OFFSET = 20;
  private static final int STOCK_OFFSET = 24;
  private static final int PRICE_OFFSET = 32;

  public AddOrder() {
    super(ItchType.ADD_ORDER);
  }

  public long orderReference() {
    return getU64(ORDER_REFERENCE_OFFSET);
  }

  public AddOrder orderReference(long orderReference) {
    putU64(ORDER_REFERENCE_OFFSET, orderReference);
    return this;
  }

  public byte side() {
    return getByte(SIDE_OFFSET);
  }

  public AddOrder side(byte side) {
    putByte(SIDE_OFFSET, side);
    return this;
  }

  public long shares() {
    return getU32(SHARES_OFFSET);
  }

  public AddOrder shares(long shares) {
    putU32(SHARES_OFFSET, shares);
    return this;
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public AddOrder stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public long price() {
    return getU32(PRICE_OFFSET);
  }

  public AddOrder price(long price) {
    putU32(PRICE_OFFSET, price);
    return this;
  }
}
