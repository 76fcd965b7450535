package io.tradepit.protocol.ouch;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tradepit.protocol.sbe.TagsDecoder;
import io.tradepit.protocol.sbe.TagsEncoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The optional appendage of OUCH 5.0.
 *
 * <pre>
 *   +----------------+  +--------+-----+-----------+
 *   |appendage length|  |length  |tag  |value ...  |  ... in any order
 *   |u16             |  |u8      |u8   |           |
 *   +----------------+  +--------+-----+-----------+
 *                       length = 1 + value
 * </pre>
 *
 * In commands and events the same values stand in the {@code tags} composite: bit n of {@code
 * present} is tag n, the fields of absent tags are zero.
 *
 * <p>Where the protocol is silent: an element of an unknown tag is skipped, so is a known one that
 * the message does not allow; of a tag given twice the last one counts.
 */
public final class OuchAppendage {
  /** Bytes of the field that says how many bytes follow. */
  public static final int LENGTH_FIELD = 2;

  /** Tag: the channel of user reference numbers. */
  public static final int USER_REF_IDX = 28;

  /** Tags that Enter Order may have. */
  public static final int ENTER_TAGS =
      bits(2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 24, 25, 26, 28, 29, 30);

  /** Tags that Replace Order may have. */
  public static final int REPLACE_TAGS =
      bits(3, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 25, 26, 27, 28, 29, 30);

  /** Tags that Modify Order and Order Modified may have. */
  public static final int MODIFY_TAGS = bits(25, 26, 28);

  /** Tags that Mass Cancel and its answer may have. */
  public static final int MASS_CANCEL_TAGS = bits(24, 27, 28);

  /** Tags that Order Accepted may have. */
  public static final int ACCEPTED_TAGS =
      bits(2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 24, 25, 28, 29, 30);

  /** Tags that Order Replaced may have. */
  public static final int REPLACED_TAGS = bits(2, 3, 5, 6, 12, 15, 16, 17, 28, 29, 30);

  private static final int ELEMENT_HEADER = 2;
  private static final int MAX_TAG = 30;

  // Bytes of each assigned tag's value; 0 = not assigned.
  private static final byte[] VALUE_LENGTH = new byte[MAX_TAG + 1];
  // Where the value stands in the composite; -1 = tags of outbound messages that no event has.
  private static final short[] FIELD_OFFSET = new short[MAX_TAG + 1];
  // Numbers change byte order between wire and composite, text does not.
  private static final int NUMBERS = bits(3, 5, 7, 9, 11, 13, 15, 24);

  static {
    Arrays.fill(FIELD_OFFSET, (short) -1);
    define(1, 8, -1);
    define(2, 4, TagsEncoder.firmEncodingOffset());
    define(3, 4, TagsEncoder.minQtyEncodingOffset());
    define(4, 1, TagsEncoder.customerTypeEncodingOffset());
    define(5, 4, TagsEncoder.maxFloorEncodingOffset());
    define(6, 1, TagsEncoder.priceTypeEncodingOffset());
    define(7, 4, TagsEncoder.pegOffsetEncodingOffset());
    define(9, 8, TagsEncoder.discretionPriceEncodingOffset());
    define(10, 1, TagsEncoder.discretionPriceTypeEncodingOffset());
    define(11, 4, TagsEncoder.discretionPegOffsetEncodingOffset());
    define(12, 1, TagsEncoder.postOnlyEncodingOffset());
    define(13, 4, TagsEncoder.randomReservesEncodingOffset());
    define(14, 4, -1);
    define(15, 4, TagsEncoder.expireTimeEncodingOffset());
    define(16, 1, TagsEncoder.tradeNowEncodingOffset());
    define(17, 1, TagsEncoder.handleInstEncodingOffset());
    define(18, 1, -1);
    define(22, 4, -1);
    define(23, 8, -1);
    define(24, 2, TagsEncoder.groupIdEncodingOffset());
    define(25, 1, TagsEncoder.sharesLocatedEncodingOffset());
    define(26, 4, TagsEncoder.locateBrokerEncodingOffset());
    define(27, 1, TagsEncoder.sideEncodingOffset());
    define(28, 1, TagsEncoder.userRefIdxEncodingOffset());
    define(29, 1, TagsEncoder.aiqStrategyEncodingOffset());
    define(30, 2, TagsEncoder.aiqGroupIdEncodingOffset());
  }

  private OuchAppendage() {}

  /**
   * Whether an appendage is well formed: its length field says exactly what remains, elements end
   * where it ends, and values of assigned tags have their length.
   *
   * @param offset of the length field
   * @param end behind the last byte of the message
   */
  public static boolean isValid(DirectBuffer buffer, int offset, int end) {
    int at = offset + LENGTH_FIELD;
    if (at > end || at + (buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF) != end) {
      return false;
    }
    while (at < end) {
      int length = buffer.getByte(at) & 0xFF;
      if (length == 0 || at + 1 + length > end) {
        return false;
      }
      int expected = valueLength(buffer.getByte(at + 1) & 0xFF);
      if (expected != 0 && expected != length - 1) {
        return false;
      }
      at += 1 + length;
    }
    return true;
  }

  /**
   * Copies the values of allowed tags into a {@code tags} composite that is all zeros.
   *
   * @param offset of the length field of a valid appendage
   * @param end behind it; not more than {@code offset} = there is none
   */
  public static void decode(
      DirectBuffer buffer,
      int offset,
      int end,
      int allowed,
      MutableDirectBuffer target,
      int tagsOffset) {
    int present = 0;
    int at = offset + LENGTH_FIELD;
    while (at < end) {
      int tag = buffer.getByte(at + 1) & 0xFF;
      if (isIn(allowed, tag)) {
        present |= 1 << tag;
        read(tag, buffer, at + ELEMENT_HEADER, target, tagsOffset + FIELD_OFFSET[tag]);
      }
      at += 1 + (buffer.getByte(at) & 0xFF);
    }
    target.putInt(tagsOffset + TagsEncoder.presentEncodingOffset(), present, LITTLE_ENDIAN);
  }

  /** The channel that a valid appendage names, 0 = none. */
  public static short userRefIdx(DirectBuffer buffer, int offset, int end) {
    short channel = 0;
    int at = offset + LENGTH_FIELD;
    while (at < end) {
      if (buffer.getByte(at + 1) == USER_REF_IDX) {
        channel = (short) (buffer.getByte(at + ELEMENT_HEADER) & 0xFF);
      }
      at += 1 + (buffer.getByte(at) & 0xFF);
    }
    return channel;
  }

  /**
   * Writes the present ones of the allowed tags, by number, and their length in front.
   *
   * @return the bytes written, at least {@link #LENGTH_FIELD}
   */
  public static int encode(
      DirectBuffer source, int tagsOffset, int allowed, MutableDirectBuffer buffer, int offset) {
    int present = allowed & (int) presentOf(source, tagsOffset);
    int at = offset + LENGTH_FIELD;
    while (present != 0) {
      int tag = Integer.numberOfTrailingZeros(present);
      present &= present - 1;
      int length = VALUE_LENGTH[tag];
      buffer.putByte(at, (byte) (length + 1));
      buffer.putByte(at + 1, (byte) tag);
      write(tag, source, tagsOffset + FIELD_OFFSET[tag], buffer, at + ELEMENT_HEADER);
      at += ELEMENT_HEADER + length;
    }
    buffer.putShort(offset, (short) (at - offset - LENGTH_FIELD), BIG_ENDIAN);
    return at - offset;
  }

  /**
   * Writes an appendage that has a channel only.
   *
   * @param userRefIdx 0 = none
   * @return the bytes written
   */
  public static int encodeUserRefIdx(int userRefIdx, MutableDirectBuffer buffer, int offset) {
    if (userRefIdx == 0) {
      buffer.putShort(offset, (short) 0);
      return LENGTH_FIELD;
    }
    buffer.putShort(offset, (short) (ELEMENT_HEADER + 1), BIG_ENDIAN);
    buffer.putByte(offset + LENGTH_FIELD, (byte) 2);
    buffer.putByte(offset + LENGTH_FIELD + 1, (byte) USER_REF_IDX);
    buffer.putByte(offset + LENGTH_FIELD + ELEMENT_HEADER, (byte) userRefIdx);
    return LENGTH_FIELD + ELEMENT_HEADER + 1;
  }

  /** Writes a channel-only appendage where the protocol leaves it out for no channel. */
  public static int encodeOptionalUserRefIdx(
      int userRefIdx, MutableDirectBuffer buffer, int offset) {
    return userRefIdx == 0 ? 0 : encodeUserRefIdx(userRefIdx, buffer, offset);
  }

  /** Bytes of an assigned tag's value; 0 when the tag is not assigned. */
  public static int valueLength(int tag) {
    return tag <= MAX_TAG ? VALUE_LENGTH[tag] : 0;
  }

  private static long presentOf(DirectBuffer source, int tagsOffset) {
    return source.getInt(tagsOffset + TagsDecoder.presentEncodingOffset(), LITTLE_ENDIAN);
  }

  private static void read(
      int tag, DirectBuffer wire, int wireOffset, MutableDirectBuffer tags, int tagsOffset) {
    if (!isIn(NUMBERS, tag)) {
      tags.putBytes(tagsOffset, wire, wireOffset, VALUE_LENGTH[tag]);
      return;
    }
    switch (VALUE_LENGTH[tag]) {
      case 2 -> tags.putShort(tagsOffset, wire.getShort(wireOffset, BIG_ENDIAN), LITTLE_ENDIAN);
      case 4 -> tags.putInt(tagsOffset, wire.getInt(wireOffset, BIG_ENDIAN), LITTLE_ENDIAN);
      default -> tags.putLong(tagsOffset, wire.getLong(wireOffset, BIG_ENDIAN), LITTLE_ENDIAN);
    }
  }

  private static void write(
      int tag, DirectBuffer tags, int tagsOffset, MutableDirectBuffer wire, int wireOffset) {
    if (!isIn(NUMBERS, tag)) {
      wire.putBytes(wireOffset, tags, tagsOffset, VALUE_LENGTH[tag]);
      return;
    }
    switch (VALUE_LENGTH[tag]) {
      case 2 -> wire.putShort(wireOffset, tags.getShort(tagsOffset, LITTLE_ENDIAN), BIG_ENDIAN);
      case 4 -> wire.putInt(wireOffset, tags.getInt(tagsOffset, LITTLE_ENDIAN), BIG_ENDIAN);
      default -> wire.putLong(wireOffset, tags.getLong(tagsOffset, LITTLE_ENDIAN), BIG_ENDIAN);
    }
  }

  private static void define(int tag, int valueLength, int fieldOffset) {
    VALUE_LENGTH[tag] = (byte) valueLength;
    FIELD_OFFSET[tag] = (short) fieldOffset;
  }

  private static boolean isIn(int bits, int tag) {
    return tag <= MAX_TAG && (bits & 1 << tag) != 0;
  }

  private static int bits(int... tags) {
    int bits = 0;
    for (int tag : tags) {
      bits |= 1 << tag;
    }
    return bits;
  }
}
