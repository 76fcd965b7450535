package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 IPO Quoting Period Update, type {@code K}, 28 bytes; any locate is accepted.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 alpha 8  stock
 *    19   4 u32      releaseTimeSeconds     since midnight, 0 = cancelled
 *    23   1 char     releaseQualifier       A C
 *    24   4 price 4  ipoPrice               0 = cancelled
 * </pre>
 */
public final class IpoQuotingPeriod extends ItchMessage {
  private static final int STOCK_OFFSET = 11;
  private static final int RELEASE_TIME_SECONDS_OFFSET = 19;
  private static final int RELEASE_QUALIFIER_OFFSET = 23;
  private static final int IPO_PRICE_OFFSET = 24;

  public IpoQuotingPeriod() {
    super(ItchType.IPO_QUOTING_PERIOD);
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public IpoQuotingPeriod stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public long releaseTimeSeconds() {
    return getU32(RELEASE_TIME_SECONDS_OFFSET);
  }

  public IpoQuotingPeriod releaseTimeSeconds(long releaseTimeSeconds) {
    putU32(RELEASE_TIME_SECONDS_OFFSET, releaseTimeSeconds);
    return this;
  }

  public byte releaseQualifier() {
    return getByte(RELEASE_QUALIFIER_OFFSET);
  }

  public IpoQuotingPeriod releaseQualifier(byte releaseQualifier) {
    putByte(RELEASE_QUALIFIER_OFFSET, releaseQualifier);
    return this;
  }

  public long ipoPrice() {
    return getU32(IPO_PRICE_OFFSET);
  }

  public IpoQuotingPeriod ipoPrice(long ipoPrice) {
    putU32(IPO_PRICE_OFFSET, ipoPrice);
    return this;
  }
}
