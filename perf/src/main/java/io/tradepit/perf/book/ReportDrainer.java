package io.tradepit.perf.book;

import io.tradepit.perf.flow.NativeMemory;

/**
 * Takes reports out of a ring and reads each, on a thread of its own that spins: adds up its words,
 * and looks whether its number is the next one. Allocates nothing while it runs.
 */
final class ReportDrainer implements Runnable {
  private static final long MOST_AT_ONCE = 512;
  private final RingLayout ring;
  private final Runnable place;
  private volatile boolean started;
  private volatile boolean ending;
  private volatile long checksum;

  /**
   * @param place puts the thread where it is to run, before it drains
   */
  ReportDrainer(RingLayout ring, Runnable place) {
    this.ring = ring;
    this.place = place;
  }

  @Override
  public void run() {
    try {
      place.run();
      started = true;
      drain();
    } catch (RuntimeException | Error e) {
      ring.drain(RingLayout.FAILED);
      throw e;
    }
  }

  private void drain() {
    long drained = 0;
    long sum = 0;
    while (!ending) {
      long published = ring.published();
      if (published == drained) {
        Thread.onSpinWait();
        continue;
      }
      long end = Math.min(published, drained + MOST_AT_ONCE);
      long wrong = 0;
      while (drained < end) {
        long slot = ring.slot(drained++);
        sum += sumOf(slot);
        wrong |= NativeMemory.getLong(slot + 32) ^ drained;
      }
      if (wrong != 0) {
        throw new IllegalStateException("report number=wrong before=" + drained);
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

  /**
   * Returns when the thread is where it is to run.
   *
   * @throws IllegalStateException when it has failed before
   */
  void awaitStarted() {
    while (!started && ring.drained() == 0) {
      Thread.onSpinWait();
    }
  }

  /** The thread ends; everything was drained before, or is not wanted any more. */
  void end() {
    ending = true;
  }

  /** Sum of the words of all reports, once the thread has ended. */
  long checksum() {
    return checksum;
  }
}
