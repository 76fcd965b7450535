package io.tradepit.perf.book;

import io.tradepit.perf.flow.NativeMemory;

/**
 * Takes reports out of a ring and touches each, on a thread of its own that spins. Allocates
 * nothing while it runs.
 */
final class ReportDrainer implements Runnable {
  private static final long MOST_AT_ONCE = 512;
  private final RingLayout ring;
  private volatile boolean ending;
  private volatile long checksum;

  ReportDrainer(RingLayout ring) {
    this.ring = ring;
  }

  @Override
  public void run() {
    long drained = 0;
    long sum = 0;
    while (!ending) {
      long published = ring.published();
      if (published == drained) {
        Thread.onSpinWait();
        continue;
      }
      long end = Math.min(published, drained + MOST_AT_ONCE);
      while (drained < end) {
        sum += sumOf(ring.slot(drained++));
      }
      ring.drain(drained);
    }
    checksum = sum;
  }

  private static long sumOf(long slot) {
    return NativeMemory.getLong(slot)
        + NativeMemory.getLong(slot + 8)
        + NativeMemory.getLong(slot + 16)
        + NativeMemory.getLong(slot + 24);
  }

  /** The thread ends; everything was drained before. */
  void end() {
    ending = true;
  }

  /** Sum of the words of all reports, once the thread has ended. */
  long checksum() {
    return checksum;
  }
}
