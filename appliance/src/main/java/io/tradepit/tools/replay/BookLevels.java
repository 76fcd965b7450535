package io.tradepit.tools.replay;

import java.util.Arrays;

/**
 * One side of a book by price. One thread; allocates when it grows only.
 *
 * <pre>
 *   |worst price ......... best price| free |     the best level is the last one in use
 * </pre>
 */
final class BookLevels {
  private final boolean bids;
  private long[] keys = new long[64];
  private long[] shares = new long[64];
  private int size;

  /**
   * @param bids whether the highest price is the best
   */
  BookLevels(boolean bids) {
    this.bids = bids;
  }

  /** How many levels there are. */
  int size() {
    return size;
  }

  /**
   * Price of a level.
   *
   * @param level from 0, the best
   */
  long price(int level) {
    return price4(keys[size - 1 - level]);
  }

  /** Shares at a level. */
  long shares(int level) {
    return shares[size - 1 - level];
  }

  void add(long price, long more) {
    int at = find(price);
    if (at >= 0) {
      shares[at] += more;
      return;
    }
    insert(-at - 1, key(price), more);
  }

  /**
   * Takes shares away, and the level with the last of them.
   *
   * @return false when there are not so many
   */
  boolean take(long price, long less) {
    int at = find(price);
    if (at < 0 || shares[at] < less) {
      return false;
    }
    shares[at] -= less;
    if (shares[at] == 0) {
      size--;
      System.arraycopy(keys, at + 1, keys, at, size - at);
      System.arraycopy(shares, at + 1, shares, at, size - at);
    }
    return true;
  }

  private void insert(int at, long key, long count) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      shares = Arrays.copyOf(shares, 2 * size);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    System.arraycopy(shares, at, shares, at + 1, size - at);
    keys[at] = key;
    shares[at] = count;
    size++;
  }

  private int find(long price) {
    return Arrays.binarySearch(keys, 0, size, key(price));
  }

  // Ascending keys end with the best price: the price of a bid, the negative price of an ask.
  private long key(long price) {
    return bids ? price : -price;
  }

  private long price4(long key) {
    return bids ? key : -key;
  }
}
