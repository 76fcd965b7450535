package io.tradepit.matching.state;

import org.agrona.concurrent.UnsafeBuffer;

/** Pages of raw memory that lie side by side: one range of offsets. */
public final class Memory {
  private final long address;

  // Held so that a direct buffer under them is not collected.
  @SuppressWarnings("UnusedVariable")
  private final UnsafeBuffer[] pages;

  /**
   * @param pages off-heap, each of {@link Regions#PAGE_BYTES} and followed by the next one
   * @throws IllegalArgumentException when one is not off-heap, too short or elsewhere
   */
  public Memory(UnsafeBuffer[] pages) {
    this.pages = pages.clone();
    this.address = addressOf(pages[0], Regions.PAGE_BYTES);
    for (int i = 0; i < pages.length; i++) {
      long apart = addressOf(pages[i], Regions.PAGE_BYTES) - address;
      if (apart != (long) i * Regions.PAGE_BYTES) {
        throw new IllegalArgumentException("page=" + i + " offset=" + apart + " sideBySide=needed");
      }
    }
  }

  /** The native address of an off-heap buffer, checked. */
  public static long addressOf(UnsafeBuffer buffer, int lengthBytes) {
    if (buffer.byteArray() != null || buffer.capacity() < lengthBytes) {
      throw new IllegalArgumentException(
          "capacity=" + buffer.capacity() + " needed=" + lengthBytes + " offHeap=needed");
    }
    return buffer.addressOffset();
  }

  /** The native address of an offset. */
  public long address(long offset) {
    return address + offset;
  }
}
