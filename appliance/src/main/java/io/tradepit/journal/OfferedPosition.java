package io.tradepit.journal;

import org.agrona.concurrent.UnsafeBuffer;

/** A position with one writer and any readers, on a cache line of its own. */
final class OfferedPosition {
  private static final int LINE = 128;

  private final UnsafeBuffer line = new UnsafeBuffer(new byte[3 * LINE]);

  OfferedPosition(long position) {
    set(position);
  }

  long get() {
    return line.getLongVolatile(LINE);
  }

  void set(long position) {
    line.putLongRelease(LINE, position); // read by get()
  }
}
