package io.tradepit.perf.book;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;

/** The cores that this process may use, and pinning of the calling thread; see sched(7). */
public final class Cores {
  private static final int MASK_BYTES = 128;
  private static final MethodHandle GET = function("sched_getaffinity");
  private static final MethodHandle SET = function("sched_setaffinity");

  private Cores() {}

  @SuppressWarnings("restricted") // the flags of every JVM of ours allow native access
  private static MethodHandle function(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.ADDRESS));
  }

  /** Those that the calling thread may run on, by number, ascending. */
  public static int[] allowed() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES);
      int length = call(GET, mask);
      if (length < 0) {
        throw new IllegalStateException("sched_getaffinity=" + length);
      }
      return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE)).stream().toArray();
    }
  }

  /** The calling thread runs on this core only, from now on. */
  public static void pin(int core) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES);
      mask.set(ValueLayout.JAVA_BYTE, core >> 3, (byte) (1 << (core & 7)));
      int result = call(SET, mask);
      if (result != 0) {
        throw new IllegalStateException("sched_setaffinity=" + result + " core=" + core);
      }
    }
  }

  private static int call(MethodHandle function, MemorySegment mask) {
    try {
      return (int) function.invokeExact(0, (long) MASK_BYTES, mask);
    } catch (Throwable e) {
      throw new IllegalStateException("sched_affinity=" + e, e);
    }
  }
}
