package io.tradepit.perf.flow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Plain and ordered access to native memory by address, without a library. Nothing is checked; an
 * address beyond what was {@link #allocate allocated} ends the process.
 */
public final class NativeMemory {
  private static final long CACHE_LINE = 64;
  // Over all addresses, so that the bound that each access is checked against is a constant.
  private static final MemorySegment ALL = everything();
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final VarHandle ORDERED_LONG = ValueLayout.JAVA_LONG.varHandle();

  private NativeMemory() {}

  @SuppressWarnings("restricted") // the flags of every JVM of ours allow native access
  private static MemorySegment everything() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  /**
   * Zeroed memory, each page of it touched.
   *
   * @param arena whose end is the memory's
   * @return its address, at the begin of a cache line
   */
  public static long allocate(Arena arena, long bytes) {
    return arena.allocate(bytes, CACHE_LINE).fill((byte) 0).address();
  }

  public static long getLong(long address) {
    return ALL.get(LONG, address);
  }

  public static void putLong(long address, long value) {
    ALL.set(LONG, address, value);
  }

  public static int getInt(long address) {
    return ALL.get(INT, address);
  }

  public static void putInt(long address, int value) {
    ALL.set(INT, address, value);
  }

  public static byte getByte(long address) {
    return ALL.get(ValueLayout.JAVA_BYTE, address);
  }

  public static void putByte(long address, byte value) {
    ALL.set(ValueLayout.JAVA_BYTE, address, value);
  }

  /** Copies bytes between places that do not overlap. */
  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(ALL, from, ALL, to, bytes);
  }

  /** No later access moves before it. */
  public static long getLongAcquire(long address) {
    return (long) ORDERED_LONG.getAcquire(ALL, address);
  }

  /** No earlier access moves behind it. */
  public static void putLongRelease(long address, long value) {
    ORDERED_LONG.setRelease(ALL, address, value);
  }
}
