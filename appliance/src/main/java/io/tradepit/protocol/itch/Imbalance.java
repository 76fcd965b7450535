package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Net Order Imbalance Indicator (NOII), type {@code I}, 50 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      pairedShares
 *    19   8 u64      imbalanceShares
 *    27   1 char     direction              B S N O P
 *    28   8 alpha 8  stock
 *    36   4 price 4  farPrice               cross only
 *    40   4 price 4  nearPrice              cross + continuous
 *    44   4 price 4  referencePrice
 *    48   1 char     crossType              O C H A
 *    49   1 char     priceVariation         L 1-9 A B C, space n/a
 * </pre>
 */
public final class Imbalance extends ItchMessage {
  private static final int PAIRED_SHARES_OFFSET = 11;
  private static final int IMBALANCE_SHARES_OFFSET = 19;
  private static final int DIRECTION_OFFSET = 27;
  private static final int STOCK_OFFSET = 28;
  private static final int FAR_PRICE_OFFSET = 36;
  private static final int NEAR_PRICE_OFFSET = 40;
  private static final int REFERENCE_PRICE_OFFSET = 44;
  private static final int CROSS_TYPE_OFFSET = 48;
  private static final int PRICE_VARIATION_OFFSET = 49;

  public Imbalance() {
    super(ItchType.IMBALANCE);
  }

  public long pairedShares() {
    return getU64(PAIRED_SHARES_OFFSET);
  }

  public Imbalance pairedShares(long pairedShares) {
    putU64(PAIRED_SHARES_OFFSET, pairedShares);
    return this;
  }

  public long imbalanceShares() {
    return getU64(IMBALANCE_SHARES_OFFSET);
  }

  public Imbalance imbalanceShares(long imbalanceShares) {
    putU64(IMBALANCE_SHARES_OFFSET, imbalanceShares);
    return this;
  }

  public byte direction() {
    return getByte(DIRECTION_OFFSET);
  }

  public Imbalance direction(byte direction) {
    putByte(DIRECTION_OFFSET, direction);
    return this;
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public Imbalance stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public long farPrice() {
    return getU32(FAR_PRICE_OFFSET);
  }

  public Imbalance farPrice(long farPrice) {
    putU32(FAR_PRICE_OFFSET, farPrice);
    return this;
  }

  public long nearPrice() {
    return getU32(NEAR_PRICE_OFFSET);
  }

  public Imbalance nearPrice(long nearPrice) {
    putU32(NEAR_PRICE_OFFSET, nearPrice);
    return this;
  }

  public long referencePrice() {
    return getU32(REFERENCE_PRICE_OFFSET);
  }

  public Imbalance referencePrice(long referencePrice) {
    putU32(REFERENCE_PRICE_OFFSET, referencePrice);
    return this;
  }

  public byte crossType() {
    return getByte(CROSS_TYPE_OFFSET);
  }

  public Imbalance crossType(byte crossType) {
    putByte(CROSS_TYPE_OFFSET, crossType);
    return this;
  }

  public byte priceVariation() {
    return getByte(PRICE_VARIATION_OFFSET);
  }

  public Imbalance priceVariation(byte priceVariation) {
    putByte(PRICE_VARIATION_OFFSET, priceVariation);
    return this;
  }
}
