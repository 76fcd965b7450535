package io.tradepit.kernel;

import static io.tradepit.kernel.FfmFunctions.CALL_STATE;
import static io.tradepit.kernel.FfmFunctions.errno;
import static io.tradepit.kernel.FfmFunctions.failing;
import static io.tradepit.kernel.FfmFunctions.function;
import static io.tradepit.kernel.FfmFunctions.unexpected;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Where memory is: held in place, bound to a node, found. */
final class ResidenceCalls {
  private static final boolean IS_ARM = "aarch64".equals(System.getProperty("os.arch"));

  // The C library has no function for it: number of asm/unistd_64.h and, for ARM, of
  // asm-generic/unistd.h.
  private static final long SYS_MBIND = IS_ARM ? 235 : 237;

  private static final int NODE_MASK_LONGS = (Libc.LARGEST_NODE + 1) / Long.SIZE;

  /** The kernel takes one bit less than it is told. */
  private static final long NODE_MASK_BITS = Libc.LARGEST_NODE + 2;

  private static final MethodHandle MLOCKALL =
      failing("mlockall", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle MUNLOCKALL =
      failing("munlockall", FunctionDescriptor.of(JAVA_INT));
  // Whole registers: the kernel reads some of these arguments as long.
  private static final MethodHandle MBIND =
      syscall(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG,
              JAVA_LONG));
  private static final MethodHandle MEMSET =
      function(
          "memset",
          FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_LONG),
          Linker.Option.critical(true));

  private ResidenceCalls() {}

  static int mlockall(int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = (int) MLOCKALL.invokeExact(state, flags);
      return result == 0 ? 0 : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int munlockall() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = (int) MUNLOCKALL.invokeExact(state);
      return result == 0 ? 0 : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int mbind(long address, long lengthBytes, int mode, int node, int flags) {
    if (node < 0 || node > Libc.LARGEST_NODE) {
      return -Libc.EINVAL;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment mask = arena.allocate(JAVA_LONG, NODE_MASK_LONGS);
      mask.setAtIndex(JAVA_LONG, node / Long.SIZE, 1L << (node % Long.SIZE));
      long result =
          (long)
              MBIND.invokeExact(
                  state,
                  SYS_MBIND,
                  address,
                  lengthBytes,
                  (long) mode,
                  mask,
                  NODE_MASK_BITS,
                  (long) flags);
      return result == 0 ? 0 : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long addressOf(byte[] array) {
    try {
      return (long) MEMSET.invokeExact(MemorySegment.ofArray(array), 0, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MethodHandle syscall(FunctionDescriptor descriptor) {
    return function(
        "syscall",
        descriptor,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(1));
  }
}
