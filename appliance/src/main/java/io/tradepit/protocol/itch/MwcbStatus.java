package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 MWCB Status, type {@code W}, 12 bytes; market-wide: locate 0.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   1 char     breachedLevel          1 2 3
 * </pre>
 */
public final class MwcbStatus extends ItchMessage {
  private static final int BREACHED_LEVEL_OFFSET = 11;

  public MwcbStatus() {
    super(ItchType.MWCB_STATUS);
  }

  public byte breachedLevel() {
    return getByte(BREACHED_LEVEL_OFFSET);
  }

  public MwcbStatus breachedLevel(byte breachedLevel) {
    putByte(BREACHED_LEVEL_OFFSET, breachedLevel);
    return this;
  }
}
