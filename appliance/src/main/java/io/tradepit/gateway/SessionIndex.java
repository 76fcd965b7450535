package io.tradepit.gateway;

import java.util.Arrays;

/**
 * Where in the event stream a session's messages stand: the frame position of every n-th message.
 *
 * <p>Of fixed size: when it is full every other entry is dropped and n doubles. Gateway thread;
 * allocates nothing after construction.
 */
final class SessionIndex {
  private static final int FIRST_STRIDE = 64;

  private final long[] positions;
  private int count;
  private int stride = FIRST_STRIDE;

  /**
   * @param capacity entries, a power of two
   */
  SessionIndex(int capacity) {
    positions = new long[capacity];
  }

  /** Takes note of a message; messages come in order, each number once, from 1. */
  void onMessage(long number, long position) {
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
  long positionBefore(long number) {
    return positions[(int) Math.min((number - 1) / stride, count - 1)];
  }

  void clear() {
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
}
