package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Retail Price Improvement Indicator, type {@code N}, 20 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 alpha 8  stock
 *    19   1 char     interestFlag           B S A N
 * </pre>
 */
public final class RetailInterest extends ItchMessage {
  private static final int STOCK_OFFSET = 11;
  private static final int INTEREST_FLAG_OFFSET = 19;

  public RetailInterest() {
    super(ItchType.RETAIL_INTEREST);
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public RetailInterest stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public byte interestFlag() {
    return getByte(INTEREST_FLAG_OFFSET);
  }

  public RetailInterest interestFlag(byte interestFlag) {
    putByte(INTEREST_FLAG_OFFSET, interestFlag);
    return this;
  }
}
