package io.tradepit.tools.replay;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The books that a file expects, in a temporary file that is mapped: hundreds of megabytes for a
 * deep book of a long day, which do not belong on the heap.
 *
 * <pre>
 *   slot, 16 bytes a level:   | ask price | ask size | bid price | bid size |  ...
 * </pre>
 *
 * A size of 0 is no level. One thread at a time.
 */
final class ExpectedBooks implements AutoCloseable {
  static final int ASK = 0;
  static final int BID = 1;

  private static final int INTS_OF_A_SIDE = 2;
  private static final int INTS_OF_A_LEVEL = 2 * INTS_OF_A_SIDE;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment books;
  private final int[] rows;
  private final int levels;

  /**
   * @param rows of the orderbook file, ascending, each once; the place of one is its slot
   */
  ExpectedBooks(int[] rows, int levels) {
    this.rows = rows.clone();
    this.levels = levels;
    books = map(arena, (long) rows.length * levels * INTS_OF_A_LEVEL * Integer.BYTES);
  }

  /** Where the book of a row is. */
  int slotOf(int row) {
    return Arrays.binarySearch(rows, row);
  }

  /** Levels of a side that are compared. */
  int levels() {
    return levels;
  }

  void put(int slot, int side, int level, int price, int size) {
    long at = at(slot, side, level);
    books.setAtIndex(JAVA_INT, at, price);
    books.setAtIndex(JAVA_INT, at + 1, size);
  }

  int price(int slot, int side, int level) {
    return books.getAtIndex(JAVA_INT, at(slot, side, level));
  }

  /** 0 = there is no such level. */
  int size(int slot, int side, int level) {
    return books.getAtIndex(JAVA_INT, at(slot, side, level) + 1);
  }

  private long at(int slot, int side, int level) {
    return ((long) slot * levels + level) * INTS_OF_A_LEVEL + (long) side * INTS_OF_A_SIDE;
  }

  private static MemorySegment map(Arena arena, long bytes) {
    try {
      Path file = Files.createTempFile("tradepit-books-", ".tmp");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      } finally {
        // The mapping keeps the bytes; nothing is left behind when this process is killed.
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("file=temporary bytes=" + bytes + ": cannot be mapped", e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
