package io.tradepit.protocol.itch;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A view of one ITCH 5.0 message in a buffer, to read it and to write it; allocates nothing after
 * its construction. One thread. The writer of a message calls {@link #begin} and then every field
 * of its type, since nothing is cleared; a reader calls {@link #wrap}.
 *
 * <pre>
 *   Off Len Type     Field          header of every message; all numbers are big-endian
 *     0   1 char     type
 *     1   2 u16      stockLocate    of the instrument, from 1; 0 = market-wide
 *     3   2 u16      trackingNumber
 *     5   6 u48      timestampNs    since midnight
 * </pre>
 *
 * Text is a number here: its ASCII bytes, padded with spaces on the right, read as one big-endian
 * number, see {@link ItchText}. Unsigned 32-bit fields and prices (four implied decimals, eight in
 * the decline levels) are longs.
 */
public abstract class ItchMessage {
  /** Length of the header, bytes. */
  public static final int HEADER_LENGTH = 11;

  /** Largest value of an unsigned 32-bit field, also of a price. */
  public static final long MAX_U32 = 0xFFFF_FFFFL;

  private static final int LOCATE_OFFSET = 1;
  private static final int TRACKING_OFFSET = 3;
  private static final int TIMESTAMP_HIGH_OFFSET = 5;
  private static final int TIMESTAMP_LOW_OFFSET = 7;

  private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
  private final byte type;
  private final int length;

  ItchMessage(byte type) {
    this.type = type;
    this.length = ItchType.lengthOf(type);
  }

  /** The type that this view is for, see {@link ItchType}. */
  public final byte type() {
    return type;
  }

  /** Length of the message, bytes. */
  public final int length() {
    return length;
  }

  /** Views the message at an offset without looking at its type. */
  public final void wrap(DirectBuffer buffer, int offset) {
    bytes.wrap(buffer, offset, length);
  }

  /**
   * Views the bytes at an offset and writes type and header there.
   *
   * @param timestampNs since midnight, below 2^48
   */
  public final void begin(
      DirectBuffer buffer, int offset, int stockLocate, int trackingNumber, long timestampNs) {
    assert timestampNs >>> 48 == 0 : "timestampNs=" + timestampNs;
    wrap(buffer, offset);
    bytes.putByte(0, type);
    bytes.putShort(LOCATE_OFFSET, (short) stockLocate, ByteOrder.BIG_ENDIAN);
    bytes.putShort(TRACKING_OFFSET, (short) trackingNumber, ByteOrder.BIG_ENDIAN);
    bytes.putShort(TIMESTAMP_HIGH_OFFSET, (short) (timestampNs >>> 32), ByteOrder.BIG_ENDIAN);
    bytes.putInt(TIMESTAMP_LOW_OFFSET, (int) timestampNs, ByteOrder.BIG_ENDIAN);
  }

  public final int stockLocate() {
    return bytes.getShort(LOCATE_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
  }

  public final int trackingNumber() {
    return bytes.getShort(TRACKING_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
  }

  /** Nanoseconds since midnight. */
  public final long timestampNs() {
    long high = bytes.getShort(TIMESTAMP_HIGH_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    return (high << 32) | (bytes.getInt(TIMESTAMP_LOW_OFFSET, ByteOrder.BIG_ENDIAN) & MAX_U32);
  }

  /** A copy of the bytes; allocates. */
  public final byte[] toByteArray() {
    byte[] copy = new byte[length];
    bytes.getBytes(0, copy);
    return copy;
  }

  final byte getByte(int offset) {
    return bytes.getByte(offset);
  }

  final void putByte(int offset, byte value) {
    bytes.putByte(offset, value);
  }

  final long getU32(int offset) {
    return bytes.getInt(offset, ByteOrder.BIG_ENDIAN) & MAX_U32;
  }

  final void putU32(int offset, long value) {
    assert value >>> 32 == 0 : "type=" + type + " offset=" + offset + " value=" + value;
    bytes.putInt(offset, (int) value, ByteOrder.BIG_ENDIAN);
  }

  final long getU64(int offset) {
    return bytes.getLong(offset, ByteOrder.BIG_ENDIAN);
  }

  final void putU64(int offset, long value) {
    bytes.putLong(offset, value, ByteOrder.BIG_ENDIAN);
  }

  final long getSymbol(int offset) {
    return bytes.getLong(offset, ByteOrder.BIG_ENDIAN);
  }

  final void putSymbol(int offset, long symbol) {
    bytes.putLong(offset, symbol, ByteOrder.BIG_ENDIAN);
  }

  final int getAlpha4(int offset) {
    return bytes.getInt(offset, ByteOrder.BIG_ENDIAN);
  }

  final void putAlpha4(int offset, int text) {
    bytes.putInt(offset, text, ByteOrder.BIG_ENDIAN);
  }

  final short getAlpha2(int offset) {
    return bytes.getShort(offset, ByteOrder.BIG_ENDIAN);
  }

  final void putAlpha2(int offset, short text) {
    bytes.putShort(offset, text, ByteOrder.BIG_ENDIAN);
  }
}
