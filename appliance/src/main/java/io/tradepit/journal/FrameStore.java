package io.tradepit.journal;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames one behind the other in one array that never moves: a length, then the bytes, padded to 8.
 * One thread appends; any thread reads below the end.
 */
final class FrameStore {
  private static final int LENGTH_LENGTH = BitUtil.SIZE_OF_LONG;

  private final UnsafeBuffer buffer;
  private volatile long end;

  FrameStore(int capacity) {
    buffer = new UnsafeBuffer(new byte[capacity]);
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  long end() {
    return end;
  }

  boolean fits(int length) {
    return buffer.capacity() - end >= aligned(length);
  }

  /** Where the bytes of the next frame go; {@link #append} then makes them a frame. */
  int nextOffset() {
    return (int) end + LENGTH_LENGTH;
  }

  long append(int length) {
    long next = end + aligned(length);
    buffer.putInt((int) end, length);
    end = next;
    return next;
  }

  int length(long position) {
    return buffer.getInt((int) position);
  }

  int offset(long position) {
    return (int) position + LENGTH_LENGTH;
  }

  long next(long position) {
    return position + aligned(length(position));
  }

  private static int aligned(int length) {
    return LENGTH_LENGTH + BitUtil.align(length, BitUtil.SIZE_OF_LONG);
  }
}
