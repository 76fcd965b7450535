package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Stock Trading Action, type {@code H}, 25 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 alpha 8  stock
 *    19   1 char     tradingState           H P Q T
 *    20   1 char     reserved               space
 *    21   4 alpha 4  reason                 code, right-padded
 * </pre>
 */
public final class TradingAction extends ItchMessage {
  private static final int STOCK_OFFSET = 11;
  private static final int TRADING_STATE_OFFSET = 19;
  private static final int RESERVED_OFFSET = 20;
  private static final int REASON_OFFSET = 21;

  public TradingAction() {
    super(ItchType.TRADING_ACTION);
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public TradingAction stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public byte tradingState() {
    return getByte(TRADING_STATE_OFFSET);
  }

  public TradingAction tradingState(byte tradingState) {
    putByte(TRADING_STATE_OFFSET, tradingState);
    return this;
  }

  public byte reserved() {
    return getByte(RESERVED_OFFSET);
  }

  public TradingAction reserved(byte reserved) {
    putByte(RESERVED_OFFSET, reserved);
    return this;
  }

  public int reason() {
    return getAlpha4(REASON_OFFSET);
  }

  public TradingAction reason(int reason) {
    putAlpha4(REASON_OFFSET, reason);
    return this;
  }
}
