package io.tradepit.perf.book;

import io.tradepit.perf.flow.NativeMemory;
import java.lang.foreign.Arena;

/**
 * Reports go through a ring to the thread that drains it. They are staged in a few lines that stay
 * in the nearest cache, and copied into the ring together: the ring's lines are the other core's,
 * and stores that wait for them one by one would hold up all stores of the engine behind them.
 */
final class RingReports extends Reports {
  private static final int STAGED = 128;
  private final RingLayout ring;
  private final long stage;
  private int staged;
  private long published;
  // Reports up to here fit, as far as was looked.
  private long room = RingLayout.SLOTS;

  RingReports(RingLayout ring, Arena arena) {
    this.ring = ring;
    this.stage = NativeMemory.allocate(arena, (long) STAGED * REPORT_BYTES);
  }

  @Override
  void report(long head, long orderId, long restingId, long terms) {
    if (staged == STAGED) {
      publish();
    }
    long slot = stage + ((long) staged++ << 6);
    NativeMemory.putLong(slot, head);
    NativeMemory.putLong(slot + 8, orderId);
    NativeMemory.putLong(slot + 16, restingId);
    NativeMemory.putLong(slot + 24, terms);
    NativeMemory.putLong(slot + 32, published + staged);
  }

  private void publish() {
    awaitRoom();
    int beforeEnd = (int) Math.min(staged, RingLayout.SLOTS - published % RingLayout.SLOTS);
    copy(0, beforeEnd);
    copy(beforeEnd, staged - beforeEnd);
    published += staged;
    staged = 0;
    ring.publish(published);
  }

  private void awaitRoom() {
    while (published + staged > room) {
      room = ring.drained() + RingLayout.SLOTS;
      Thread.onSpinWait();
    }
  }

  private void copy(int from, int reports) {
    long to = ring.slot(published + from);
    NativeMemory.copy(stage + ((long) from << 6), to, (long) reports << 6);
  }

  @Override
  void endBatch() {
    publish();
  }

  /** Returns when the other thread has drained all that was reported. */
  void awaitDrained() {
    while (ring.drained() != published) {
      Thread.onSpinWait();
    }
  }

  @Override
  long count() {
    return published + staged;
  }
}
