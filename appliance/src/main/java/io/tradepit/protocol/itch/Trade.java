package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Trade (Non-Cross), type {@code P}, 44 bytes; of a hidden order: no effect on the book.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      orderReference         0
 *    19   1 char     side                   B
 *    20   4 u32      shares
 *    24   8 alpha 8  stock
 *    32   4 price 4  price
 *    36   8 u64      matchNumber
 * </pre>
 */
public final class Trade extends ItchMessage {
  private static final int ORDER_REFERENCE_OFFSET = 11;
  private static final int SIDE_OFFSET = 19;
  private static final int SHARES_OFFSET = 20;
  private static final int STOCK_OFFSET = 24;
  private static final int PRICE_OFFSET = 32;
  private static final int MATCH_NUMBER_OFFSET = 36;

  public Trade() {
    super(ItchType.TRADE);
  }

  public long orderReference() {
    return getU64(ORDER_REFERENCE_OFFSET);
  }

  public Trade orderReference(long orderReference) {
    putU64(ORDER_REFERENCE_OFFSET, orderReference);
    return this;
  }

  public byte side() {
    return getByte(SIDE_OFFSET);
  }

  public Trade side(byte side) {
    putByte(SIDE_OFFSET, side);
    return this;
  }

  public long shares() {
    return getU32(SHARES_OFFSET);
  }

  public Trade shares(long shares) {
    putU32(SHARES_OFFSET, shares);
    return this;
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public Trade stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public long price() {
    return getU32(PRICE_OFFSET);
  }

  public Trade price(long price) {
    putU32(PRICE_OFFSET, price);
    return this;
  }

  public long matchNumber() {
    return getU64(MATCH_NUMBER_OFFSET);
  }

  public Trade matchNumber(long matchNumber) {
    putU64(MATCH_NUMBER_OFFSET, matchNumber);
    return this;
  }
}
