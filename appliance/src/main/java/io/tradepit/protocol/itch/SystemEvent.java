package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 System Event, type {@code S}, 12 bytes; market-wide: locate 0.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   1 char     eventCode              O S Q M E C
 * </pre>
 */
public final class SystemEvent extends ItchMessage {
  private static final int EVENT_CODE_OFFSET = 11;

  public SystemEvent() {
    super(ItchType.SYSTEM_EVENT);
  }

  public byte eventCode() {
    return getByte(EVENT_CODE_OFFSET);
  }

  public SystemEvent eventCode(byte eventCode) {
    putByte(EVENT_CODE_OFFSET, eventCode);
    return this;
  }
}
