package io.tradepit.matching;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Zeroed memory for a layout. */
final class StateMemory {
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

  private static UnsafeBuffer[] buffers(int count, int bytes) {
    UnsafeBuffer[] buffers = new UnsafeBuffer[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer memory = BufferUtil.allocateDirectAligned(bytes, 64);
      buffers[i] = new UnsafeBuffer(memory);
    }
    return buffers;
  }
}
