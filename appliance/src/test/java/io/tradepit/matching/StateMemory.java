package io.tradepit.matching;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;

/** Zeroed memory for a layout, off-heap. */
public final class StateMemory {
  private StateMemory() {}

  static UnsafeBuffer[] books(StateLayout layout) {
    return buffers(layout.books(), layout.bookBytes());
  }

  static UnsafeBuffer[] pages(StateLayout layout) {
    return buffers(layout.pages(), layout.pageBytes());
  }

  /** The same memory as a reader elsewhere sees it. */
  static MemorySegment[] readOnly(UnsafeBuffer[] buffers) {
    return Arrays.stream(buffers)
        .map(buffer -> MemorySegment.ofBuffer(buffer.byteBuffer()).asReadOnly())
        .toArray(MemorySegment[]::new);
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
