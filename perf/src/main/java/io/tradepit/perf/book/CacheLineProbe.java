package io.tradepit.perf.book;

import io.tradepit.perf.flow.NativeMemory;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * How far two cores are from each other: the time that a cache line takes from one to the other and
 * back. A machine that places its virtual cores anew changes it by a factor of six, and with it
 * every figure of two threads.
 */
public final class CacheLineProbe {
  private static final int SERIES = 9;
  private static final int ROUND_TRIPS = 2_000;

  private CacheLineProbe() {}

  /** Median of some series, in nanoseconds; the caller's thread is on the one core. */
  public static long roundTripNs(int otherCore) {
    try (Arena arena = Arena.ofShared()) {
      long line = NativeMemory.allocate(arena, 2 * 128);
      Thread other = new Thread(() -> answer(line, otherCore), "tp-probe");
      other.start();
      long[] series = new long[SERIES];
      for (int i = 0; i < SERIES; i++) {
        series[i] = ask(line, (long) i * ROUND_TRIPS);
      }
      other.join();
      Arrays.sort(series);
      return series[SERIES / 2] / ROUND_TRIPS;
    } catch (InterruptedException e) {
      throw new IllegalStateException("probe=interrupted", e);
    }
  }

  private static long ask(long line, long begin) {
    long begunNs = System.nanoTime();
    for (long i = begin + 1; i <= begin + ROUND_TRIPS; i++) {
      NativeMemory.putLongRelease(line, i);
      await(line + 128, i);
    }
    return System.nanoTime() - begunNs;
  }

  private static void answer(long line, int core) {
    Cores.pin(core);
    for (long i = 1; i <= (long) SERIES * ROUND_TRIPS; i++) {
      await(line, i);
      NativeMemory.putLongRelease(line + 128, i);
    }
  }

  private static void await(long address, long value) {
    while (NativeMemory.getLongAcquire(address) != value) {
      Thread.onSpinWait();
    }
  }
}
