package io.tradepit.matching.book;

import io.tradepit.matching.state.RecordPool;
import org.agrona.UnsafeApi;

/**
 * The levels of one side in order: a list of chunks from the touch outwards, each a sorted array
 * with its best level at the end, so that what happens near the touch moves a few bytes.
 *
 * <pre>
 *   side:   0 touch chunk  4 levels
 *   chunk:  0 outer chunk  4 inner chunk  8 count  16 entries (126)
 *   entry:  key in the upper, level in the lower 32 bits; a higher key is a better price
 * </pre>
 *
 * Two neighbouring chunks together never hold fewer than 64 entries, which bounds the chunks that
 * any number of levels can need. A search walks chunks, so it is linear in levels / 126 for the
 * deepest prices and constant near the touch.
 */
final class LadderSide {
  static final int ENTRIES = 126;
  private static final int FEWEST_OF_TWO = 64;
  static final int OUTER = 0;
  static final int INNER = 4;
  static final int COUNT = 8;
  static final int FIRST = 16;
  private static final int NEAR = 8;
  static final int TOUCH = 0;
  static final int LEVELS = 4;

  private final RecordPool chunks;
  private final long address;
  private final int sign;
  private int foundIndex;

  LadderSide(RecordPool chunks, long address, int sign) {
    this.chunks = chunks;
    this.address = address;
    this.sign = sign;
  }

  int count() {
    return UnsafeApi.getInt(address + LEVELS);
  }

  /** The best level, or 0. */
  int bestLevel() {
    return bestLevel(chunks, address);
  }

  /** The best level of the side that stands at an address, or 0. */
  static int bestLevel(RecordPool chunks, long address) {
    int touch = UnsafeApi.getInt(address + TOUCH);
    if (touch == 0) {
      return 0;
    }
    long at = chunks.address(touch);
    return (int) entry(at, UnsafeApi.getInt(at + COUNT) - 1);
  }

  /** Whether the best level is at this price or better. */
  boolean reaches(int price) {
    int touch = UnsafeApi.getInt(address + TOUCH);
    if (touch == 0) {
      return false;
    }
    long at = chunks.address(touch);
    return key(at, UnsafeApi.getInt(at + COUNT) - 1) >= sign * price;
  }

  /** The level at a price, or 0. */
  int level(int price) {
    int key = sign * price;
    int chunk = find(key);
    if (chunk == 0) {
      return 0;
    }
    long at = chunks.address(chunk);
    boolean found = foundIndex < UnsafeApi.getInt(at + COUNT) && key(at, foundIndex) == key;
    return found ? (int) entry(at, foundIndex) : 0;
  }

  /** The level behind the one at this price, or 0. */
  int levelBehind(int price) {
    int chunk = find(sign * price);
    long at = chunks.address(chunk);
    if (foundIndex > 0) {
      return (int) entry(at, foundIndex - 1);
    }
    int outer = UnsafeApi.getInt(at + OUTER);
    if (outer == 0) {
      return 0;
    }
    long outerAt = chunks.address(outer);
    return (int) entry(outerAt, UnsafeApi.getInt(outerAt + COUNT) - 1);
  }

  /** Adds a level at a price that has none. */
  void insert(int price, int level) {
    int key = sign * price;
    int chunk = find(key);
    if (chunk == 0) {
      chunk = newChunk(0, 0);
      UnsafeApi.putInt(address + TOUCH, chunk);
    } else if (UnsafeApi.getInt(chunks.address(chunk) + COUNT) == ENTRIES) {
      split(chunk);
      chunk = find(key);
    }
    put(chunks.address(chunk), foundIndex, ((long) key << 32) | level);
    UnsafeApi.putInt(address + LEVELS, count() + 1);
  }

  /** Removes the level at a price. */
  void remove(int price) {
    int chunk = find(sign * price);
    long at = chunks.address(chunk);
    int count = UnsafeApi.getInt(at + COUNT) - 1;
    move(at, foundIndex + 1, foundIndex, count - foundIndex);
    UnsafeApi.putInt(at + COUNT, count);
    UnsafeApi.putInt(address + LEVELS, count() - 1);
    if (count < FEWEST_OF_TWO) {
      shrink(chunk, at, count);
    }
  }

  /** The chunk where a key belongs, or 0; leaves the index of the first entry not below it. */
  private int find(int key) {
    int chunk = UnsafeApi.getInt(address + TOUCH);
    foundIndex = 0;
    if (chunk == 0) {
      return 0;
    }
    long at = chunks.address(chunk);
    while (key(at, 0) > key) {
      int outer = UnsafeApi.getInt(at + OUTER);
      if (outer == 0) {
        return chunk;
      }
      long outerAt = chunks.address(outer);
      // Between two chunks it goes to the front of the inner one.
      if (key(outerAt, UnsafeApi.getInt(outerAt + COUNT) - 1) < key) {
        return chunk;
      }
      chunk = outer;
      at = outerAt;
    }
    foundIndex = indexOf(at, key);
    return chunk;
  }

  private static int indexOf(long at, int key) {
    int high = UnsafeApi.getInt(at + COUNT);
    int near = Math.max(0, high - NEAR);
    while (high > near && key(at, high - 1) >= key) {
      high--;
    }
    if (high > near || high == 0) {
      return high;
    }
    int low = 0;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (key(at, middle) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void put(long at, int index, long entry) {
    int count = UnsafeApi.getInt(at + COUNT);
    move(at, index, index + 1, count - index);
    UnsafeApi.putLong(at + FIRST + ((long) index << 3), entry);
    UnsafeApi.putInt(at + COUNT, count + 1);
  }

  private static void move(long at, int from, int to, int count) {
    if (count > 0) {
      UnsafeApi.copyMemory(
          at + FIRST + ((long) from << 3), at + FIRST + ((long) to << 3), (long) count << 3);
    }
  }

  /** The worse half becomes a chunk of its own, next outwards. */
  private void split(int chunk) {
    long at = chunks.address(chunk);
    int half = ENTRIES / 2;
    int outer = newChunk(chunk, UnsafeApi.getInt(at + OUTER));
    long outerAt = chunks.address(outer);
    UnsafeApi.copyMemory(at + FIRST, outerAt + FIRST, (long) half << 3);
    UnsafeApi.putInt(outerAt + COUNT, half);
    move(at, half, 0, ENTRIES - half);
    UnsafeApi.putInt(at + COUNT, ENTRIES - half);
  }

  private int newChunk(int inner, int outer) {
    int chunk = chunks.allocate();
    assert chunk != 0 : "chunks ran out before levels";
    long at = chunks.address(chunk);
    UnsafeApi.putInt(at + OUTER, outer);
    UnsafeApi.putInt(at + INNER, inner);
    UnsafeApi.putInt(at + COUNT, 0);
    if (inner != 0) {
      UnsafeApi.putInt(chunks.address(inner) + OUTER, chunk);
    }
    if (outer != 0) {
      UnsafeApi.putInt(chunks.address(outer) + INNER, chunk);
    }
    return chunk;
  }

  private void shrink(int chunk, long at, int count) {
    int outer = UnsafeApi.getInt(at + OUTER);
    int inner = UnsafeApi.getInt(at + INNER);
    if (count == 0 && outer == 0 && inner == 0) {
      UnsafeApi.putInt(address + TOUCH, 0);
      chunks.free(chunk);
    } else if (outer != 0 && (count == 0 || count + countOf(outer) < FEWEST_OF_TWO)) {
      absorb(chunk, outer);
    } else if (inner != 0 && (count == 0 || count + countOf(inner) < FEWEST_OF_TWO)) {
      absorb(inner, chunk);
    }
  }

  private int countOf(int chunk) {
    return UnsafeApi.getInt(chunks.address(chunk) + COUNT);
  }

  /** The entries of the outer chunk go to the front of the inner one. */
  private void absorb(int inner, int outer) {
    long to = chunks.address(inner);
    long from = chunks.address(outer);
    int more = UnsafeApi.getInt(from + COUNT);
    int count = UnsafeApi.getInt(to + COUNT);
    move(to, 0, more, count);
    UnsafeApi.copyMemory(from + FIRST, to + FIRST, (long) more << 3);
    UnsafeApi.putInt(to + COUNT, count + more);
    int beyond = UnsafeApi.getInt(from + OUTER);
    UnsafeApi.putInt(to + OUTER, beyond);
    if (beyond != 0) {
      UnsafeApi.putInt(chunks.address(beyond) + INNER, inner);
    }
    chunks.free(outer);
  }

  private static long entry(long at, int index) {
    return UnsafeApi.getLong(at + FIRST + ((long) index << 3));
  }

  private static int key(long at, int index) {
    return (int) (entry(at, index) >> 32);
  }
}
