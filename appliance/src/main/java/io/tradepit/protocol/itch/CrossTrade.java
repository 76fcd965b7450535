package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Cross Trade, type {@code Q}, 40 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      shares                 may be 0
 *    19   8 alpha 8  stock
 *    27   4 price 4  crossPrice
 *    31   8 u64      matchNumber
 *    39   1 char     crossType              O C H I
 * </pre>
 */
public final class CrossTrade extends ItchMessage {
  private static final int SHARES_OFFSET = 11;
  private static final int STOCK_OFFSET = 19;
  private static final int CROSS_PRICE_OFFSET = 27;
  private static final int MATCH_NUMBER_OFFSET = 31;
  private static final int CROSS_TYPE_OFFSET = 39;

  public CrossTrade() {
    super(ItchType.CROSS_TRADE);
  }

  public long shares() {
    return getU64(SHARES_OFFSET);
  }

  public CrossTrade shares(long shares) {
    putU64(SHARES_OFFSET, shares);
    return this;
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public CrossTrade stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public long crossPrice() {
    return getU32(CROSS_PRICE_OFFSET);
  }

  public CrossTrade crossPrice(long crossPrice) {
    putU32(CROSS_PRICE_OFFSET, crossPrice);
    return this;
  }

  public long matchNumber() {
    return getU64(MATCH_NUMBER_OFFSET);
  }

  public CrossTrade matchNumber(long matchNumber) {
    putU64(MATCH_NUMBER_OFFSET, matchNumber);
    return this;
  }

  public byte crossType() {
    return getByte(CROSS_TYPE_OFFSET);
  }

  public CrossTrade crossType(byte crossType) {
    putByte(CROSS_TYPE_OFFSET, crossType);
    return this;
  }
}
