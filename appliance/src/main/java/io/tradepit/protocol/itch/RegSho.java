package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Reg SHO Restriction, type {@code Y}, 20 bytes.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 alpha 8  stock
 *    19   1 char     action                 0 1 2
 * </pre>
 */
public final class RegSho extends ItchMessage {
  private static final int STOCK_OFFSET = 11;
  private static final int ACTION_OFFSET = 19;

  public RegSho() {
    super(ItchType.REG_SHO);
  }

  public long stock() {
    return getSymbol(STOCK_OFFSET);
  }

  public RegSho stock(long stock) {
    putSymbol(STOCK_OFFSET, stock);
    return this;
  }

  public byte action() {
    return getByte(ACTION_OFFSET);
  }

  public RegSho action(byte action) {
    putByte(ACTION_OFFSET, action);
    return this;
  }
}
