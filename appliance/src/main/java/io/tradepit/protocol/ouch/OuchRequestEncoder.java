package io.tradepit.protocol.ouch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tradepit.protocol.ouch.wire.OuchAccountQueryEncoder;
import io.tradepit.protocol.ouch.wire.OuchCancelOrderEncoder;
import io.tradepit.protocol.ouch.wire.OuchDisableOrderEntryEncoder;
import io.tradepit.protocol.ouch.wire.OuchEnableOrderEntryEncoder;
import io.tradepit.protocol.ouch.wire.OuchEnterOrderEncoder;
import io.tradepit.protocol.ouch.wire.OuchMassCancelEncoder;
import io.tradepit.protocol.ouch.wire.OuchModifyOrderEncoder;
import io.tradepit.protocol.ouch.wire.OuchReplaceOrderEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes a member's OUCH 5.0 messages (2.5 of the protocol): the member's side of {@link
 * OuchCommandDecoder}.
 *
 * <p>A message begins with {@code enter}, {@code replace} and so on, is refined by the calls after
 * it, and is {@link #length} bytes long:
 *
 * <pre>
 *   requests.wrap(buffer, 0).enter(1, (byte) 'B', 100, symbol, 1_503_400, OuchRequestEncoder.DAY)
 *       .clOrdId("ORD0001").tag(2, "MKRA");
 *   client.send(buffer, 0, requests.length());
 * </pre>
 *
 * One thread; nothing allocates. Symbols are packed as {@link
 * io.tradepit.protocol.itch.ItchText#symbol(String)} packs them, prices have four implied decimals.
 */
public final class OuchRequestEncoder {
  /** Time in force: the day. */
  public static final byte DAY = '0';

  /** Time in force: immediate or cancel. */
  public static final byte IOC = '3';

  /** A message with every tag that there is has no more bytes than this. */
  public static final int MAX_LENGTH = 256;

  private static final int NO_APPENDAGE = -1;
  private static final byte NO = 'N';

  private final OuchEnterOrderEncoder enter = new OuchEnterOrderEncoder();
  private final OuchReplaceOrderEncoder replace = new OuchReplaceOrderEncoder();
  private final OuchCancelOrderEncoder cancel = new OuchCancelOrderEncoder();
  private final OuchModifyOrderEncoder modify = new OuchModifyOrderEncoder();
  private final OuchMassCancelEncoder massCancel = new OuchMassCancelEncoder();
  private final OuchDisableOrderEntryEncoder disable = new OuchDisableOrderEntryEncoder();
  private final OuchEnableOrderEntryEncoder enable = new OuchEnableOrderEntryEncoder();
  private final OuchAccountQueryEncoder query = new OuchAccountQueryEncoder();

  private MutableDirectBuffer buffer;
  private int offset;
  private int length;
  private int appendage;

  /** The message is written here; the buffer has room for {@link #MAX_LENGTH} bytes. */
  public OuchRequestEncoder wrap(MutableDirectBuffer target, int targetOffset) {
    buffer = target;
    offset = targetOffset;
    length = 0;
    return this;
  }

  /** Bytes of the message as it stands now. */
  public int length() {
    return length;
  }

  /**
   * {@code O}: a new order, displayed, as agent, without intermarket sweep, in continuous trading,
   * with a blank ClOrdID.
   *
   * @param userRefNum unsigned, above every one that the session's channel has used
   * @param side {@code B S T E}
   * @param quantity 1 to 999,999
   * @param timeInForce such as {@link #DAY} and {@link #IOC}
   */
  public OuchRequestEncoder enter(
      long userRefNum, byte side, long quantity, long symbol, long price4, byte timeInForce) {
    enter
        .wrap(buffer, offset)
        .messageType((byte) 'O')
        .userRefNum(userRefNum)
        .side(side)
        .quantity(quantity)
        .symbol(symbol)
        .price(price4)
        .timeInForce(timeInForce)
        .display((byte) 'Y')
        .capacity((byte) 'A')
        .interMarketSweep(NO)
        .crossType(NO);
    blank(OuchEnterOrderEncoder.clOrdIdEncodingOffset(), OuchEnterOrderEncoder.clOrdIdLength());
    return endBlock(OuchEnterOrderEncoder.BLOCK_LENGTH, true);
  }

  /**
   * {@code U}: a new order in the place of a live one, with its own priority; displayed, for the
   * day, with a blank ClOrdID.
   *
   * @param original the live order
   * @param userRefNum of the replacement
   * @param quantity of the whole chain, what was executed included; 1 to 999,999
   */
  public OuchRequestEncoder replace(
      long original, long userRefNum, long quantity, long price4, byte timeInForce) {
    replace
        .wrap(buffer, offset)
        .messageType((byte) 'U')
        .origUserRefNum(original)
        .userRefNum(userRefNum)
        .quantity(quantity)
        .price(price4)
        .timeInForce(timeInForce)
        .display((byte) 'Y')
        .interMarketSweep(NO);
    blank(OuchReplaceOrderEncoder.clOrdIdEncodingOffset(), OuchReplaceOrderEncoder.clOrdIdLength());
    return endBlock(OuchReplaceOrderEncoder.BLOCK_LENGTH, true);
  }

  /**
   * {@code X}: reduces an order or cancels it.
   *
   * @param quantity shares that may ever execute, those that did included; 0 = cancel what is open
   */
  public OuchRequestEncoder cancel(long userRefNum, long quantity) {
    cancel.wrap(buffer, offset).messageType((byte) 'X').userRefNum(userRefNum).quantity(quantity);
    return endBlock(OuchCancelOrderEncoder.BLOCK_LENGTH, false);
  }

  /**
   * {@code M}: another side among {@code S T E}, or less quantity, at the same priority.
   *
   * @param quantity as in {@link #cancel}
   */
  public OuchRequestEncoder modify(long userRefNum, byte side, long quantity) {
    modify
        .wrap(buffer, offset)
        .messageType((byte) 'M')
        .userRefNum(userRefNum)
        .side(side)
        .quantity(quantity);
    return endBlock(OuchModifyOrderEncoder.BLOCK_LENGTH, false);
  }

  /**
   * {@code C}: cancels the firm's orders.
   *
   * @param userRefNum new
   * @param firm one to four capitals
   * @param symbol packed; that of blanks = all symbols
   */
  public OuchRequestEncoder massCancel(long userRefNum, CharSequence firm, long symbol) {
    massCancel.wrap(buffer, offset).messageType((byte) 'C').userRefNum(userRefNum).symbol(symbol);
    text(
        offset + OuchMassCancelEncoder.firmEncodingOffset(),
        firm,
        OuchMassCancelEncoder.firmLength());
    return endBlock(OuchMassCancelEncoder.BLOCK_LENGTH, true);
  }

  /** {@code D}: the firm's new orders are refused from now on. */
  public OuchRequestEncoder disableOrderEntry(long userRefNum, CharSequence firm) {
    disable.wrap(buffer, offset).messageType((byte) 'D').userRefNum(userRefNum);
    text(
        offset + OuchDisableOrderEntryEncoder.firmEncodingOffset(),
        firm,
        OuchDisableOrderEntryEncoder.firmLength());
    return endBlock(OuchDisableOrderEntryEncoder.BLOCK_LENGTH, true);
  }

  /** {@code E}: the firm's new orders are taken again. */
  public OuchRequestEncoder enableOrderEntry(long userRefNum, CharSequence firm) {
    enable.wrap(buffer, offset).messageType((byte) 'E').userRefNum(userRefNum);
    text(
        offset + OuchEnableOrderEntryEncoder.firmEncodingOffset(),
        firm,
        OuchEnableOrderEntryEncoder.firmLength());
    return endBlock(OuchEnableOrderEntryEncoder.BLOCK_LENGTH, true);
  }

  /** {@code Q}: asks for the next number of a channel. */
  public OuchRequestEncoder accountQuery() {
    query.wrap(buffer, offset).messageType((byte) 'Q');
    return endBlock(OuchAccountQueryEncoder.BLOCK_LENGTH, false);
  }

  /** Of an Enter or Replace: {@code Y} displayed, {@code A} with the firm, {@code N} hidden. */
  public OuchRequestEncoder display(byte display) {
    return byType(
        OuchEnterOrderEncoder.displayEncodingOffset(),
        OuchReplaceOrderEncoder.displayEncodingOffset(),
        display);
  }

  /** Of an Enter or Replace: {@code Y} or {@code N}. */
  public OuchRequestEncoder interMarketSweep(byte sweep) {
    return byType(
        OuchEnterOrderEncoder.interMarketSweepEncodingOffset(),
        OuchReplaceOrderEncoder.interMarketSweepEncodingOffset(),
        sweep);
  }

  /** Of an Enter: {@code A} agency, {@code P} principal, {@code R} riskless, {@code O} other. */
  public OuchRequestEncoder capacity(byte capacity) {
    require('O');
    enter.capacity(capacity);
    return this;
  }

  /** Of an Enter or Replace: the member's own text, at most 14 characters; longer text is cut. */
  public OuchRequestEncoder clOrdId(CharSequence text) {
    int field =
        isEnter()
            ? OuchEnterOrderEncoder.clOrdIdEncodingOffset()
            : OuchReplaceOrderEncoder.clOrdIdEncodingOffset();
    text(offset + field, text, OuchEnterOrderEncoder.clOrdIdLength());
    return this;
  }

  /**
   * Appends a tag whose value is a number or one letter.
   *
   * @param tag of section 2.4 of the protocol
   * @throws IllegalArgumentException when the tag is not assigned
   */
  public OuchRequestEncoder tag(int tag, long value) {
    int at = beginTag(tag);
    switch (OuchAppendage.valueLength(tag)) {
      case 1 -> buffer.putByte(at, (byte) value);
      case 2 -> buffer.putShort(at, (short) value, BIG_ENDIAN);
      case 4 -> buffer.putInt(at, (int) value, BIG_ENDIAN);
      default -> buffer.putLong(at, value, BIG_ENDIAN);
    }
    return this;
  }

  /** Appends a tag whose value is text, padded or cut to the tag's length. */
  public OuchRequestEncoder tag(int tag, CharSequence value) {
    text(beginTag(tag), value, OuchAppendage.valueLength(tag));
    return this;
  }

  private int beginTag(int tag) {
    int valueLength = tag < 0 ? 0 : OuchAppendage.valueLength(tag);
    if (valueLength == 0) {
      throw new IllegalArgumentException("tag=" + tag + " allowed=one that is assigned");
    }
    if (appendage == NO_APPENDAGE) {
      beginAppendage();
    }
    int at = offset + length;
    buffer.putByte(at, (byte) (1 + valueLength));
    buffer.putByte(at + 1, (byte) tag);
    length += 2 + valueLength;
    int elements = length - appendage - OuchAppendage.LENGTH_FIELD;
    buffer.putShort(offset + appendage, (short) elements, BIG_ENDIAN);
    return at + 2;
  }

  private OuchRequestEncoder endBlock(int blockLength, boolean withAppendage) {
    length = blockLength;
    appendage = NO_APPENDAGE;
    if (withAppendage) {
      beginAppendage();
    }
    return this;
  }

  private void beginAppendage() {
    appendage = length;
    buffer.putShort(offset + appendage, (short) 0);
    length += OuchAppendage.LENGTH_FIELD;
  }

  private OuchRequestEncoder byType(int enterOffset, int replaceOffset, byte value) {
    buffer.putByte(offset + (isEnter() ? enterOffset : replaceOffset), value);
    return this;
  }

  private boolean isEnter() {
    if (buffer.getByte(offset) == 'O') {
      return true;
    }
    require('U');
    return false;
  }

  private void require(char type) {
    if (length == 0 || buffer.getByte(offset) != type) {
      throw new IllegalStateException("messageType=" + (char) buffer.getByte(offset));
    }
  }

  private void blank(int fieldOffset, int fieldLength) {
    buffer.setMemory(offset + fieldOffset, fieldLength, (byte) ' ');
  }

  private void text(int at, CharSequence value, int fieldLength) {
    for (int i = 0; i < fieldLength; i++) {
      buffer.putByte(at + i, (byte) (i < value.length() ? value.charAt(i) : ' '));
    }
  }
}
