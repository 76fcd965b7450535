package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Market Participant Position, type {@code L}, 26 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   4 alpha 4  mpid
 *    15   8 alpha 8  stock
 *    23   1 char     primaryMarketMaker     Y N
 *    24   1 char     marketMakerMode        N P S R L
 *    25   1 char     participantState       A E W S D
 * </pre>
 */
public final class ParticipantPosition extends ItchMessage {
  private static final int MPID_OFFSET = 11;
  private static final int STOCK_OFFSET = 15;
  private static final int PRIMARY_MARKET_MAKER_OFFSET = 23;
  private static final int MARKET_MAKER_MODE_OFFSET = 24;
  private static final int PARTICIPANT_STATE_OFFSET = 25;

  public ParticipantPosition() {
    super(ItchType.PARTICIPANT_POSITION);
  }

  public int mpid() {
    return getAlpha4(MPID_OFFSET);
  }

  public ParticipantPosition mpid(int mpid) {
    putAlpha4(MPID_OFFSET, mpid);
    return this;
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public ParticipantPosition stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public byte primaryMarketMaker() {
    return getByte(PRIMARY_MARKET_MAKER_OFFSET);
  }

  public ParticipantPosition primaryMarketMaker(byte primaryMarketMaker) {
    putByte(PRIMARY_MARKET_MAKER_OFFSET, primaryMarketMaker);
    return this;
  }

  public byte marketMakerMode() {
    return getByte(MARKET_MAKER_MODE_OFFSET);
  }

  public ParticipantPosition marketMakerMode(byte marketMakerMode) {
    putByte(MARKET_MAKER_MODE_OFFSET, marketMakerMode);
    return this;
  }

  public byte participantState() {
    return getByte(PARTICIPANT_STATE_OFFSET);
  }

  public ParticipantPosition participantState(byte participantState) {
    putByte(PARTICIPANT_STATE_OFFSET, participantState);
    return this;
  }
}
