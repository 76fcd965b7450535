package io.tradepit.perf.book;

import io.tradepit.perf.flow.NativeMemory;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a read of memory costs that nothing could foresee: a chain of cache lines in random order,
 * each naming the next. No engine whose state is as large finds an order sooner.
 */
public final class MemoryProbe {
  private static final int SERIES = 5;
  private static final int READS = 1_000_000;

  private MemoryProbe() {}

  /**
   * Nanoseconds a read, the median of some series.
   *
   * @param bytes that the chain goes through, from 64
   */
  public static double readNs(long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      int lines = Math.toIntExact(bytes / 64);
      long at = chain(NativeMemory.allocate(arena, bytes), lines);
      double[] series = new double[SERIES];
      for (int i = 0; i < SERIES; i++) {
        long begunNs = System.nanoTime();
        at = follow(at);
        series[i] = (double) (System.nanoTime() - begunNs) / READS;
      }
      Arrays.sort(series);
      // Whoever ends nowhere has read nothing.
      return at == 0 ? 0 : series[SERIES / 2];
    }
  }

  private static long follow(long from) {
    long at = from;
    for (int i = 0; i < READS; i++) {
      at = NativeMemory.getLong(at);
    }
    return at;
  }

  /** One circle through all lines (Sattolo's shuffle); returns where it begins. */
  private static long chain(long address, int lines) {
    int[] next = new int[lines];
    Arrays.setAll(next, i -> i);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = lines - 1; i > 0; i--) {
      int other = random.nextInt(i);
      int swapped = next[i];
      next[i] = next[other];
      next[other] = swapped;
    }
    for (int i = 0; i < lines; i++) {
      NativeMemory.putLong(address + 64L * i, address + 64L * next[i]);
    }
    return address;
  }
}
