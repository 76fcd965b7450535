package io.tradepit.matching.state;

import org.agrona.concurrent.UnsafeBuffer;

/** Pages of raw memory as one range of offsets. Records never straddle a page. */
public final class Memory {
  private static final long MASK = Regions.PAGE_BYTES - 1L;
  private final long[] addresses;
  // Held so that a direct buffer under them is not collected.
  private final UnsafeBuffer[] pages;

  /** The pages are off-heap, each of {@link Regions#PAGE_BYTES} at least. */
  public Memory(UnsafeBuffer[] pages) {
    this.pages = pages.clone();
    this.addresses = new long[pages.length];
    for (int i = 0; i < pages.length; i++) {
      addresses[i] = addressOf(pages[i], Regions.PAGE_BYTES);
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
    return addresses[(int) (offset >>> Regions.PAGE_SHIFT)] + (offset & MASK);
  }

  public int pages() {
    return pages.length;
  }
}
