package io.tradepit.net;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Tags of 802.1Q put in and taken out, as the two sides of a switch do it: members are at its
 * access ports, whose frames have none, and the box is at its trunk. Not every kernel has
 * interfaces of a VLAN.
 *
 * @param id 1 to 4094
 */
record VlanTag(int id) {
  private static final ValueLayout.OfShort U16 =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int TAG_OFFSET = 12;
  private static final int TAG_BYTES = 4;
  private static final short TAGGED = (short) 0x8100;
  private static final int ID_MASK = 0xfff;

  /** A frame that is not for the other side. */
  static final int NOT_OURS = -1;

  /** Puts the tag in; the frame's memory has room for it. Returns the new length. */
  int put(MemorySegment frame, int length) {
    MemorySegment.copy(
        frame, TAG_OFFSET, frame, TAG_OFFSET + TAG_BYTES, (long) length - TAG_OFFSET);
    frame.set(U16, TAG_OFFSET, TAGGED);
    frame.set(U16, TAG_OFFSET + Short.BYTES, (short) id);
    return length + TAG_BYTES;
  }

  /** Takes the tag out; returns the new length, or {@link #NOT_OURS} without this tag. */
  int take(MemorySegment frame, int length) {
    if (length < TAG_OFFSET + TAG_BYTES
        || frame.get(U16, TAG_OFFSET) != TAGGED
        || (frame.get(U16, TAG_OFFSET + Short.BYTES) & ID_MASK) != id) {
      return NOT_OURS;
    }
    MemorySegment.copy(
        frame, TAG_OFFSET + TAG_BYTES, frame, TAG_OFFSET, (long) length - TAG_OFFSET - TAG_BYTES);
    return length - TAG_BYTES;
  }
}
