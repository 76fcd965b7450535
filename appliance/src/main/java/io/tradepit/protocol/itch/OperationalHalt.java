package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Operational Halt, type {@code h}, 21 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 alpha 8  stock
 *    19   1 char     marketCode             Q B X
 *    20   1 char     action                 H halted, T lifted
 * </pre>
 */
public final class OperationalHalt extends ItchMessage {
  private static final int STOCK_OFFSET = 11;
  private static final int MARKET_CODE_OFFSET = 19;
  private static final int ACTION_OFFSET = 20;

  public OperationalHalt() {
    super(ItchType.OPERATIONAL_HALT);
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public OperationalHalt stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public byte marketCode() {
    return getByte(MARKET_CODE_OFFSET);
  }

  public OperationalHalt marketCode(byte marketCode) {
    putByte(MARKET_CODE_OFFSET, marketCode);
    return this;
  }

  public byte action() {
    return getByte(ACTION_OFFSET);
  }

  public OperationalHalt action(byte action) {
    putByte(ACTION_OFFSET, action);
    return this;
  }
}
