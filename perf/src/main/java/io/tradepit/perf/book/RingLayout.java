package io.tradepit.perf.book;

import io.tradepit.perf.flow.NativeMemory;
import java.lang.foreign.Arena;

/**
 * A ring of reports between two threads: each position has two cache lines of its own, so that the
 * two threads meet in no line but that of a position that is asked for.
 *
 * <pre>
 *   0                128              256
 *   |reports published|reports drained|slots of 64 bytes
 * </pre>
 *
 * @param address of the first byte
 */
record RingLayout(long address) {
  /** Slots: a power of two. 1 MiB, which stays in a core's second cache. */
  static final int SLOTS = 1 << 14;

  /** In place of what was drained: the drainer has failed, and drains no more. */
  static final long FAILED = -1;

  private static final int DRAINED = 128;
  private static final int FIRST_SLOT = 256;

  static RingLayout allocate(Arena arena) {
    return new RingLayout(
        NativeMemory.allocate(arena, FIRST_SLOT + (long) SLOTS * Reports.REPORT_BYTES));
  }

  /** Of the report with this number, from 0. */
  long slot(long number) {
    return address + FIRST_SLOT + ((number & (SLOTS - 1)) << 6);
  }

  /** Pairs with {@link #published}: who reads the number sees the reports. */
  void publish(long count) {
    NativeMemory.putLongRelease(address, count);
  }

  long published() {
    return NativeMemory.getLongAcquire(address);
  }

  /** Pairs with {@link #drained}: who reads the number may write the slots again. */
  void drain(long count) {
    NativeMemory.putLongRelease(address + DRAINED, count);
  }

  /**
   * @throws IllegalStateException when the drainer has failed, so that nobody waits for it for ever
   */
  long drained() {
    long drained = NativeMemory.getLongAcquire(address + DRAINED);
    if (drained == FAILED) {
      throw new IllegalStateException("drainer=failed");
    }
    return drained;
  }
}
