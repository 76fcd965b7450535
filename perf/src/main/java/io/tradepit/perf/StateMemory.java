package io.tradepit.perf;

import io.tradepit.matching.StateLayout;
import org.agrona.BufferUtil;
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

  private static UnsafeBuffer[] buffers(int count, int bytes) {
    UnsafeBuffer[] buffers = new UnsafeBuffer[count];
    for (int i = 0; i < count; i++) {
      buffers[i] = new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, 64));
    }
    return buffers;
  }
}
