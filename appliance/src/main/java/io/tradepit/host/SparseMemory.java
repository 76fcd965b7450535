package io.tradepit.host;

import io.tradepit.kernel.Libc;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Zeroed memory of this process alone, of which only the pages that are written cost anything: for
 * a second copy of a matching state, beside the one in a {@link StateStore}.
 *
 * <p>The buffers must not be touched after {@link #close}: it would crash the process.
 */
public final class SparseMemory implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final Libc libc;
  private final long address;
  private final long lengthBytes;
  private long used;
  private boolean isClosed;

  private SparseMemory(Libc libc, long address, long lengthBytes) {
    this.libc = libc;
    this.address = address;
    this.lengthBytes = lengthBytes;
  }

  /**
   * Reserves memory.
   *
   * @param lengthBytes of all buffers together, each rounded up to 4096
   * @throws HostRefusedException when there is no room in the address space
   */
  public static SparseMemory reserve(Libc libc, long lengthBytes) {
    int flags = Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE;
    long mapped = libc.mmap(0, lengthBytes, Libc.PROT_READ | Libc.PROT_WRITE, flags, -1, 0);
    if (mapped < 0) {
      throw new HostRefusedException(
          HostRefusedException.Kind.MEMORY,
          "lengthBytes=" + lengthBytes + " call=mmap errno=" + -mapped + ": not mapped");
    }
    return new SparseMemory(libc, mapped, lengthBytes);
  }

  /** What {@link #buffers} takes of the memory, bytes. */
  public static long lengthOf(int count, int bytes) {
    return (long) count * aligned(bytes);
  }

  /**
   * The next buffers, each on pages of its own. Buffers of whole pages of 4096 bytes lie side by
   * side.
   *
   * @param bytes of each
   */
  public UnsafeBuffer[] buffers(int count, int bytes) {
    if (lengthOf(count, bytes) > lengthBytes - used) {
      throw new IllegalArgumentException(
          "count=" + count + " bytes=" + bytes + " left=" + (lengthBytes - used));
    }
    UnsafeBuffer[] buffers = new UnsafeBuffer[count];
    for (int i = 0; i < count; i++) {
      buffers[i] = new UnsafeBuffer(address + used, bytes);
      used += aligned(bytes);
    }
    return buffers;
  }

  private static long aligned(int bytes) {
    return (bytes + PAGE_BYTES - 1L) / PAGE_BYTES * PAGE_BYTES;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      libc.munmap(address, lengthBytes);
    }
  }
}
