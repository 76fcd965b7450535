package io.tradepit.matching.rules;

import io.tradepit.protocol.sbe.TagsDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Which tags an answer echoes (fact sheet 2.5, 2.6), and the copying of them. */
public final class Tags {
  /** All of them. */
  public static final int ALL = -1;

  static final int LENGTH = TagsDecoder.ENCODED_LENGTH;

  /** Sent on Enter and allowed on Accepted. */
  static final int ACCEPTED =
      bits(2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 24, 25, 28, 29, 30);

  /** Sent on Replace and allowed on Replaced. */
  static final int REPLACED = bits(3, 5, 6, 12, 15, 16, 17, 28, 29, 30);

  /** Allowed on Modify and on Modified. */
  static final int MODIFIED = bits(25, 26, 28);

  /** Kept with an order that is entered. */
  static final int ENTER = ACCEPTED | bits(26);

  /** Those a replacement gives anew or loses; the others it gives anew or keeps. */
  static final int NOT_INHERITED = bits(25, 26);

  /** What Replace may carry. */
  static final int REPLACE = bits(3, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 25, 26, 28, 29, 30);

  private static final int GROUP = bits(24);

  /** Allowed on Mass Cancel and on its answer. */
  static final int MASS_CANCELED = bits(24, 27, 28);

  private static final int HIGHEST = 30;
  private static final int[] OFFSETS = new int[HIGHEST + 1];
  private static final int[] LENGTHS = new int[HIGHEST + 1];

  static {
    place(2, TagsDecoder.firmEncodingOffset(), TagsDecoder.firmEncodingLength());
    place(3, TagsDecoder.minQtyEncodingOffset(), 4);
    place(4, TagsDecoder.customerTypeEncodingOffset(), 1);
    place(5, TagsDecoder.maxFloorEncodingOffset(), 4);
    place(6, TagsDecoder.priceTypeEncodingOffset(), 1);
    place(7, TagsDecoder.pegOffsetEncodingOffset(), 4);
    place(9, TagsDecoder.discretionPriceEncodingOffset(), 8);
    place(10, TagsDecoder.discretionPriceTypeEncodingOffset(), 1);
    place(11, TagsDecoder.discretionPegOffsetEncodingOffset(), 4);
    place(12, TagsDecoder.postOnlyEncodingOffset(), 1);
    place(13, TagsDecoder.randomReservesEncodingOffset(), 4);
    place(15, TagsDecoder.expireTimeEncodingOffset(), 4);
    place(16, TagsDecoder.tradeNowEncodingOffset(), 1);
    place(17, TagsDecoder.handleInstEncodingOffset(), 1);
    place(24, TagsDecoder.groupIdEncodingOffset(), 2);
    place(25, TagsDecoder.sharesLocatedEncodingOffset(), 1);
    place(26, TagsDecoder.locateBrokerEncodingOffset(), 4);
    place(27, TagsDecoder.sideEncodingOffset(), 1);
    place(28, TagsDecoder.userRefIdxEncodingOffset(), 1);
    place(29, TagsDecoder.aiqStrategyEncodingOffset(), 1);
    place(30, TagsDecoder.aiqGroupIdEncodingOffset(), 2);
  }

  private Tags() {}

  private static void place(int tag, int offset, int length) {
    OFFSETS[tag] = offset;
    LENGTHS[tag] = length;
  }

  private static int bits(int... tags) {
    int bits = 0;
    for (int tag : tags) {
      bits |= 1 << tag;
    }
    return bits;
  }

  /** Copies the allowed ones of the tags that are present; the rest of the composite is zero. */
  public static void copy(
      DirectBuffer from, int fromOffset, int allowed, MutableDirectBuffer to, int toOffset) {
    to.setMemory(toOffset, LENGTH, (byte) 0);
    overlay(from, fromOffset, allowed, to, toOffset);
  }

  /** Copies the allowed ones of the tags that are present over what stands there. */
  static void overlay(
      DirectBuffer from, int fromOffset, int allowed, MutableDirectBuffer to, int toOffset) {
    int present = from.getInt(fromOffset) & allowed;
    to.putInt(toOffset, to.getInt(toOffset) | present);
    int left = present;
    while (left != 0) {
      int tag = Integer.numberOfTrailingZeros(left);
      to.putBytes(toOffset + OFFSETS[tag], from, fromOffset + OFFSETS[tag], LENGTHS[tag]);
      left &= left - 1;
    }
  }

  /** The group that an order with these tags is of, 0 = none. */
  public static short group(DirectBuffer tags, int offset) {
    return (tags.getInt(offset) & GROUP) == 0
        ? 0
        : tags.getShort(offset + TagsDecoder.groupIdEncodingOffset());
  }

  /** Takes tags away. */
  static void clear(int tags, MutableDirectBuffer to, int toOffset) {
    int left = to.getInt(toOffset) & tags;
    to.putInt(toOffset, to.getInt(toOffset) & ~tags);
    while (left != 0) {
      int tag = Integer.numberOfTrailingZeros(left);
      to.setMemory(toOffset + OFFSETS[tag], LENGTHS[tag], (byte) 0);
      left &= left - 1;
    }
  }
}
