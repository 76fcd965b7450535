package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Stock Directory, type {@code R}, 39 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 alpha 8  stock
 *    19   1 char     marketCategory         Q G S N A P Z V M, space n/a
 *    20   1 char     financialStatus        N D E Q S G H J K C, space n/a
 *    21   4 u32      roundLotSize           shares
 *    25   1 char     roundLotsOnly          Y N
 *    26   1 char     issueClassification    A B C F I L N O P Q R S T U V W
 *    27   2 alpha 2  issueSubType           Z = not applicable
 *    29   1 char     authenticity           P production, T test
 *    30   1 char     shortSaleThreshold     Y N, space n/a
 *    31   1 char     ipoFlag                Y N Z, space n/a
 *    32   1 char     luldReferencePriceTier 1 2, space n/a
 *    33   1 char     etpFlag                Y N, space n/a
 *    34   4 u32      etpLeverageFactor      rounded down
 *    38   1 char     inverseIndicator       Y N
 * </pre>
 */
public final class StockDirectory extends ItchMessage {
  private static final int STOCK_OFFSET = 11;
  private static final int MARKET_CATEGORY_OFFSET = 19;
  private static final int FINANCIAL_STATUS_OFFSET = 20;
  private static final int ROUND_LOT_SIZE_OFFSET = 21;
  private static final int ROUND_LOTS_ONLY_OFFSET = 25;
  private static final int ISSUE_CLASSIFICATION_OFFSET = 26;
  private static final int ISSUE_SUB_TYPE_OFFSET = 27;
  private static final int AUTHENTICITY_OFFSET = 29;
  private static final int SHORT_SALE_THRESHOLD_OFFSET = 30;
  private static final int IPO_FLAG_OFFSET = 31;
  private static final int LULD_REFERENCE_PRICE_TIER_OFFSET = 32;
  private static final int ETP_FLAG_OFFSET = 33;
  private static final int ETP_LEVERAGE_FACTOR_OFFSET = 34;
  private static final int INVERSE_INDICATOR_OFFSET = 38;

  public StockDirectory() {
    super(ItchType.STOCK_DIRECTORY);
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public StockDirectory stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public byte marketCategory() {
    return getByte(MARKET_CATEGORY_OFFSET);
  }

  public StockDirectory marketCategory(byte marketCategory) {
    putByte(MARKET_CATEGORY_OFFSET, marketCategory);
    return this;
  }

  public byte financialStatus() {
    return getByte(FINANCIAL_STATUS_OFFSET);
  }

  public StockDirectory financialStatus(byte financialStatus) {
    putByte(FINANCIAL_STATUS_OFFSET, financialStatus);
    return this;
  }

  public long roundLotSize() {
    return getU32(ROUND_LOT_SIZE_OFFSET);
  }

  public StockDirectory roundLotSize(long roundLotSize) {
    putU32(ROUND_LOT_SIZE_OFFSET, roundLotSize);
    return this;
  }

  public byte roundLotsOnly() {
    return getByte(ROUND_LOTS_ONLY_OFFSET);
  }

  public StockDirectory roundLotsOnly(byte roundLotsOnly) {
    putByte(ROUND_LOTS_ONLY_OFFSET, roundLotsOnly);
    return this;
  }

  public byte issueClassification() {
    return getByte(ISSUE_CLASSIFICATION_OFFSET);
  }

  public StockDirectory issueClassification(byte issueClassification) {
    putByte(ISSUE_CLASSIFICATION_OFFSET, issueClassification);
    return this;
  }

  public short issueSubType() {
    return getAlpha2(ISSUE_SUB_TYPE_OFFSET);
  }

  public StockDirectory issueSubType(short issueSubType) {
    putAlpha2(ISSUE_SUB_TYPE_OFFSET, issueSubType);
    return this;
  }

  public byte authenticity() {
    return getByte(AUTHENTICITY_OFFSET);
  }

  public StockDirectory authenticity(byte authenticity) {
    putByte(AUTHENTICITY_OFFSET, authenticity);
    return this;
  }

  public byte shortSaleThreshold() {
    return getByte(SHORT_SALE_THRESHOLD_OFFSET);
  }

  public StockDirectory shortSaleThreshold(byte shortSaleThreshold) {
    putByte(SHORT_SALE_THRESHOLD_OFFSET, shortSaleThreshold);
    return this;
  }

  public byte ipoFlag() {
    return getByte(IPO_FLAG_OFFSET);
  }

  public StockDirectory ipoFlag(byte ipoFlag) {
    putByte(IPO_FLAG_OFFSET, ipoFlag);
    return this;
  }

  public byte luldReferencePriceTier() {
    return getByte(LULD_REFERENCE_PRICE_TIER_OFFSET);
  }

  public StockDirectory luldReferencePriceTier(byte luldReferencePriceTier) {
    putByte(LULD_REFERENCE_PRICE_TIER_OFFSET, luldReferencePriceTier);
    return this;
  }

  public byte etpFlag() {
    return getByte(ETP_FLAG_OFFSET);
  }

  public StockDirectory etpFlag(byte etpFlag) {
    putByte(ETP_FLAG_OFFSET, etpFlag);
    return this;
  }

  public long etpLeverageFactor() {
    return getU32(ETP_LEVERAGE_FACTOR_OFFSET);
  }

  public StockDirectory etpLeverageFactor(long etpLeverageFactor) {
    putU32(ETP_LEVERAGE_FACTOR_OFFSET, etpLeverageFactor);
    return this;
  }

  public byte inverseIndicator() {
    return getByte(INVERSE_INDICATOR_OFFSET);
  }

  public StockDirectory inverseIndicator(byte inverseIndicator) {
    putByte(INVERSE_INDICATOR_OFFSET, inverseIndicator);
    return this;
  }
}
