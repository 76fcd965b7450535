package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 LULD Auction Collar, type {@code J}, 35 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 alpha 8  stock
 *    19   4 price 4  referencePrice
 *    23   4 price 4  upperPrice
 *    27   4 price 4  lowerPrice
 *    31   4 u32      extension              number of extensions
 * </pre>
 */
public final class LuldCollar extends ItchMessage {
  private static final int STOCK_OFFSET = 11;
  private static final int REFERENCE_PRICE_OFFSET = 19;
  private static final int UPPER_PRICE_OFFSET = 23;
  private static final int LOWER_PRICE_OFFSET = 27;
  private static final int EXTENSION_OFFSET = 31;

  public LuldCollar() {
    super(ItchType.LULD_COLLAR);
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public LuldCollar stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public long referencePrice() {
    return getU32(REFERENCE_PRICE_OFFSET);
  }

  public LuldCollar referencePrice(long referencePrice) {
    putU32(REFERENCE_PRICE_OFFSET, referencePrice);
    return this;
  }

  public long upperPrice() {
    return getU32(UPPER_PRICE_OFFSET);
  }

  public LuldCollar upperPrice(long upperPrice) {
    putU32(UPPER_PRICE_OFFSET, upperPrice);
    return this;
  }

  public long lowerPrice() {
    return getU32(LOWER_PRICE_OFFSET);
  }

  public LuldCollar lowerPrice(long lowerPrice) {
    putU32(LOWER_PRICE_OFFSET, lowerPrice);
    return this;
  }

  public long extension() {
    return getU32(EXTENSION_OFFSET);
  }

  public LuldCollar extension(long extension) {
    putU32(EXTENSION_OFFSET, extension);
    return this;
  }
}
