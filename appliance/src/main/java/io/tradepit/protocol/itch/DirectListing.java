package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Direct Listing with Capital Raise, type {@code O}, 48 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 alpha 8  stock
 *    19   1 char     openEligibility        Y N
 *    20   4 price 4  minimumPrice           allowable
 *    24   4 price 4  maximumPrice           allowable
 *    28   4 price 4  nearExecutionPrice
 *    32   8 u64      nearExecutionTimeNs    since midnight
 *    40   4 price 4  lowerCollar
 *    44   4 price 4  upperCollar
 * </pre>
 */
public final class DirectListing extends ItchMessage {
  private static final int STOCK_OFFSET = 11;
  private static final int OPEN_ELIGIBILITY_OFFSET = 19;
  private static final int MINIMUM_PRICE_OFFSET = 20;
  private static final int MAXIMUM_PRICE_OFFSET = 24;
  private static final int NEAR_EXECUTION_PRICE_OFFSET = 28;
  private static final int NEAR_EXECUTION_TIME_NS_OFFSET = 32;
  private static final int LOWER_COLLAR_OFFSET = 40;
  private static final int UPPER_COLLAR_OFFSET = 44;

  public DirectListing() {
    super(ItchType.DIRECT_LISTING);
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public DirectListing stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public byte openEligibility() {
    return getByte(OPEN_ELIGIBILITY_OFFSET);
  }

  public DirectListing openEligibility(byte openEligibility) {
    putByte(OPEN_ELIGIBILITY_OFFSET, openEligibility);
    return this;
  }

  public long minimumPrice() {
    return getU32(MINIMUM_PRICE_OFFSET);
  }

  public DirectListing minimumPrice(long minimumPrice) {
    putU32(MINIMUM_PRICE_OFFSET, minimumPrice);
    return this;
  }

  public long maximumPrice() {
    return getU32(MAXIMUM_PRICE_OFFSET);
  }

  public DirectListing maximumPrice(long maximumPrice) {
    putU32(MAXIMUM_PRICE_OFFSET, maximumPrice);
    return this;
  }

  public long nearExecutionPrice() {
    return getU32(NEAR_EXECUTION_PRICE_OFFSET);
  }

  public DirectListing nearExecutionPrice(long nearExecutionPrice) {
    putU32(NEAR_EXECUTION_PRICE_OFFSET, nearExecutionPrice);
    return this;
  }

  public long nearExecutionTimeNs() {
    return getU64(NEAR_EXECUTION_TIME_NS_OFFSET);
  }

  public DirectListing nearExecutionTimeNs(long nearExecutionTimeNs) {
    putU64(NEAR_EXECUTION_TIME_NS_OFFSET, nearExecutionTimeNs);
    return this;
  }

  public long lowerCollar() {
    return getU32(LOWER_COLLAR_OFFSET);
  }

  public DirectListing lowerCollar(long lowerCollar) {
    putU32(LOWER_COLLAR_OFFSET, lowerCollar);
    return this;
  }

  public long upperCollar() {
    return getU32(UPPER_COLLAR_OFFSET);
  }

  public DirectListing upperCollar(long upperCollar) {
    putU32(UPPER_COLLAR_OFFSET, upperCollar);
    return this;
  }
}
