package io.tradepit.stream;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where in the event stream the numbered messages of a session or of the feed stand: the frame
 * position of every n-th message.
 *
 * <p>Of fixed size: when it is full every other entry is dropped and n doubles. One thread;
 * allocates nothing after construction.
 *
 * <pre>
 *   saved: 0      4      8
 *          +------+------+-----------+-----------+---
 *          |stride|count |position 0 |position 1 | ...   little-endian
 *          +------+------+-----------+-----------+---
 * </pre>
 */
public final class MessageIndex {
  private static final int FIRST_STRIDE = 64;
  private static final int SAVED_HEADER = 2 * BitUtil.SIZE_OF_INT;

  private final long[] positions;
  private int count;
  private int stride = FIRST_STRIDE;

  /**
   * @param capacity entries, a power of two
   */
  public MessageIndex(int capacity) {
    positions = new long[capacity];
  }

  /** Takes note of a message; messages come in order, each number once, from 1. */
  public void onMessage(long number, long position) {
    if ((number - 1) % stride != 0) {
      return;
    }
    if (count == positions.length) {
      thin();
      if ((number - 1) % stride != 0) {
        return;
      }
    }
    positions[count++] = position;
  }

  /** Position of a frame at or before the one of this message, which was noted. */
  public long positionBefore(long number) {
    return positions[(int) Math.min((number - 1) / stride, count - 1)];
  }

  /** Forgets every message. */
  public void clear() {
    Arrays.fill(positions, 0);
    count = 0;
    stride = FIRST_STRIDE;
  }

  private void thin() {
    count /= 2;
    for (int i = 0; i < count; i++) {
      positions[i] = positions[2 * i];
    }
    stride *= 2;
  }

  /** Makes this index equal to another one of the same capacity. */
  public void copyOf(MessageIndex other) {
    count = other.count;
    stride = other.stride;
    System.arraycopy(other.positions, 0, positions, 0, count);
  }

  /** Bytes that {@link #save} writes now. */
  public int savedLength() {
    return SAVED_HEADER + count * BitUtil.SIZE_OF_LONG;
  }

  /** Writes the index; returns {@link #savedLength}. */
  public int save(MutableDirectBuffer buffer, int offset) {
    buffer.putInt(offset, stride, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(offset + BitUtil.SIZE_OF_INT, count, ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      buffer.putLong(at(offset, i), positions[i], ByteOrder.LITTLE_ENDIAN);
    }
    return savedLength();
  }

  /**
   * Reads an index that was saved, in place of what this one holds.
   *
   * @return the number of bytes read
   * @throws IllegalArgumentException when it has more entries than this one has room for
   */
  public int load(DirectBuffer buffer, int offset) {
    int entries = buffer.getInt(offset + BitUtil.SIZE_OF_INT, ByteOrder.LITTLE_ENDIAN);
    if (entries < 0 || entries > positions.length) {
      throw new IllegalArgumentException("entries=" + entries + " capacity=" + positions.length);
    }
    stride = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    count = entries;
    for (int i = 0; i < count; i++) {
      positions[i] = buffer.getLong(at(offset, i), ByteOrder.LITTLE_ENDIAN);
    }
    return savedLength();
  }

  private static int at(int offset, int entry) {
    return offset + SAVED_HEADER + entry * BitUtil.SIZE_OF_LONG;
  }
}
