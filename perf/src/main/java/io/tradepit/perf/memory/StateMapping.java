package io.tradepit.perf.memory;

import io.tradepit.kernel.Libc;
import io.tradepit.matching.StateLayout;
import io.tradepit.matching.state.Regions;
import io.tradepit.perf.ProcLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory for a layout in one mapping of small pages of which none is touched yet, so that the
 * kernel says what the records in it take. First the books, then the pages. One thread.
 */
final class StateMapping implements AutoCloseable {
  private static final Path SMAPS = Path.of("/proc/self/smaps");
  private static final String RESIDENT = "Rss:";
  private static final int HEX = 16;
  private static final int NO_HUGE_PAGES = 15; // MADV_NOHUGEPAGE, asm-generic/mman-common.h

  private final Libc libc;
  private final StateLayout layout;
  private final long address;
  private final long booksBytes;
  private final long bytes;

  /**
   * @throws IllegalStateException when the kernel has no room for the range
   */
  StateMapping(Libc libc, StateLayout layout) {
    this.libc = libc;
    this.layout = layout;
    long books = (long) layout.books() * layout.bookBytes();
    this.booksBytes = (books + Regions.PAGE_MASK) & -Regions.PAGE_BYTES;
    this.bytes = booksBytes + (long) layout.pages() * layout.pageBytes();
    this.address =
        libc.mmap(
            0,
            bytes,
            Libc.PROT_READ | Libc.PROT_WRITE,
            Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE,
            -1,
            0);
    if (address < 0) {
      throw new IllegalStateException("bytes=" + bytes + " mmap errno=" + -address);
    }
    int error = libc.madvise(address, bytes, NO_HUGE_PAGES);
    // A kernel without huge pages does not know the advice, and has none to keep away.
    if (error != 0 && error != -Libc.EINVAL) {
      throw new IllegalStateException("madvise errno=" + -error);
    }
  }

  UnsafeBuffer[] books() {
    return buffers(address, layout.books(), layout.bookBytes());
  }

  UnsafeBuffer[] pages() {
    return buffers(address + booksBytes, layout.pages(), layout.pageBytes());
  }

  private static UnsafeBuffer[] buffers(long begin, int count, int bytes) {
    UnsafeBuffer[] buffers = new UnsafeBuffer[count];
    for (int i = 0; i < count; i++) {
      buffers[i] = new UnsafeBuffer(begin + (long) i * bytes, bytes);
    }
    return buffers;
  }

  /**
   * What of it is in memory, bytes, as smaps counts them. The kernel may have joined the mapping
   * with a neighbour of the same kind, or have split it: all parts of the range are added up, and a
   * neighbour would be counted where it is joined, so what is said is a difference of two readings.
   */
  long residentBytes() {
    try {
      return resident(Files.readAllLines(SMAPS));
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + SMAPS, e);
    }
  }

  private long resident(List<String> lines) {
    long sum = 0;
    boolean isOurs = false;
    for (String line : lines) {
      if (isHeader(line)) {
        isOurs = overlaps(line);
      } else if (isOurs && line.startsWith(RESIDENT)) {
        sum += ProcLine.bytes(line);
      }
    }
    return sum;
  }

  /** A mapping begins with its addresses, each other line with a name and a colon. */
  private static boolean isHeader(String line) {
    return Character.digit(line.charAt(0), HEX) >= 0 && line.indexOf('-') > 0;
  }

  private boolean overlaps(String header) {
    int dash = header.indexOf('-');
    long begin = Long.parseUnsignedLong(header.substring(0, dash), HEX);
    long end = Long.parseUnsignedLong(header.substring(dash + 1, header.indexOf(' ')), HEX);
    return Long.compareUnsigned(begin, address + bytes) < 0
        && Long.compareUnsigned(end, address) > 0;
  }

  @Override
  public void close() {
    libc.munmap(address, bytes);
  }
}
