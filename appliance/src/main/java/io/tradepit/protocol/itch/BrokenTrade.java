package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Broken Trade, type {@code B}, 19 bytes; no effect on the book.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      matchNumber            of the broken execution
 * </pre>
 */
public final class BrokenTrade extends ItchMessage {
  private static final int MATCH_NUMBER_OFFSET = 11;

  public BrokenTrade() {
    super(ItchType.BROKEN_TRADE);
  }

  public long matchNumber() {
    return getU64(MATCH_NUMBER_OFFSET);
  }

  public BrokenTrade matchNumber(long matchNumber) {
    putU64(MATCH_NUMBER_OFFSET, matchNumber);
    return this;
  }
}
