package io.tradepit.perf;

import io.tradepit.matching.StateLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;

/** Zeroed memory for a layout, on the pages that the JVM gets. */
public final class StateMemory {
  private StateMemory() {}

  public static UnsafeBuffer[] books(StateLayout layout) {
    return buffers(layout.books(), layout.bookBytes());
  }

  public static UnsafeBuffer[] pages(StateLayout layout) {
    return buffers(layout.pages(), layout.pageBytes());
  }

  /** Buffers that lie side by side. */
  public static UnsafeBuffer[] buffers(int count, int bytes) {
    MemorySegment memory = Arena.ofAuto().allocate((long) count * bytes, 64);
    return IntStream.range(0, count)
        .mapToObj(i -> memory.asSlice((long) i * bytes, bytes).asByteBuffer())
        .map(UnsafeBuffer::new)
        .toArray(UnsafeBuffer[]::new);
  }
}
