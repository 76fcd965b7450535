package io.tradepit.perf.book;

import io.tradepit.perf.flow.NativeMemory;

/** Reports go through a ring to the thread that drains it; published once a batch. */
final class RingReports extends Reports {
  private final RingLayout ring;
  private long count;
  // Reports up to here fit, as far as was looked.
  private long room = RingLayout.SLOTS;

  RingReports(RingLayout ring) {
    this.ring = ring;
  }

  @Override
  void report(long head, long orderId, long restingId, long terms) {
    if (count == room) {
      awaitRoom();
    }
    long slot = ring.slot(count++);
    NativeMemory.putLong(slot, head);
    NativeMemory.putLong(slot + 8, orderId);
    NativeMemory.putLong(slot + 16, restingId);
    NativeMemory.putLong(slot + 24, terms);
    NativeMemory.putLong(slot + 32, count);
  }

  private void awaitRoom() {
    ring.publish(count);
    while (ring.drained() + RingLayout.SLOTS == room) {
      Thread.onSpinWait();
    }
    room = ring.drained() + RingLayout.SLOTS;
  }

  @Override
  void endBatch() {
    ring.publish(count);
  }

  /** Returns when the other thread has drained all that was reported. */
  void awaitDrained() {
    while (ring.drained() != count) {
      Thread.onSpinWait();
    }
  }

  @Override
  long count() {
    return count;
  }
}
