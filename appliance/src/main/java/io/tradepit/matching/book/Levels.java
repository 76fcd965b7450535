package io.tradepit.matching.book;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.RecordPool;
import io.tradepit.matching.state.Regions;
import org.agrona.UnsafeApi;

/**
 * Price levels: the queue of orders at one price, first in time at the head. A record never moves.
 *
 * <pre>
 *   0     4    8    12    16             24        28
 *   |price|head|tail|count|total quantity|free link|leaf of the price tree that it hangs on
 * </pre>
 */
final class Levels {
  static final int PRICE = 0;
  static final int HEAD = 4;
  static final int TAIL = 8;
  static final int COUNT = 12;
  static final int TOTAL = 16;
  static final int LEAF = 28;
  private static final int FREE_LINK = 24;

  private final RecordPool pool;
  private final Orders orders;

  Levels(Memory memory, Regions regions, Header header, Orders orders) {
    this.orders = orders;
    this.pool =
        new RecordPool(
            memory,
            regions.levels,
            Regions.LEVEL_SHIFT,
            FREE_LINK,
            regions.maxLevels,
            header.levelPool());
  }

  RecordPool pool() {
    return pool;
  }

  int create(int price) {
    int level = pool.allocate();
    long at = pool.address(level);
    UnsafeApi.putInt(at + PRICE, price);
    UnsafeApi.putInt(at + HEAD, 0);
    UnsafeApi.putInt(at + TAIL, 0);
    UnsafeApi.putInt(at + COUNT, 0);
    UnsafeApi.putLong(at + TOTAL, 0);
    return level;
  }

  void leaf(int level, int leaf) {
    UnsafeApi.putInt(pool.address(level) + LEAF, leaf);
  }

  int leaf(int level) {
    return UnsafeApi.getInt(pool.address(level) + LEAF);
  }

  void append(int level, int order) {
    long at = pool.address(level);
    long line = orders.line(order);
    int tail = UnsafeApi.getInt(at + TAIL);
    UnsafeApi.putInt(line + OrderLine.PREVIOUS, tail);
    UnsafeApi.putInt(line + OrderLine.NEXT, 0);
    UnsafeApi.putInt(line + OrderLine.LEVEL, level);
    if (tail == 0) {
      UnsafeApi.putInt(at + HEAD, order);
    } else {
      UnsafeApi.putInt(orders.line(tail) + OrderLine.NEXT, order);
    }
    UnsafeApi.putInt(at + TAIL, order);
    count(at, 1, UnsafeApi.getInt(line + OrderLine.REMAINING));
  }

  /** Returns whether the level is empty now. */
  boolean unlink(int level, long line) {
    long at = pool.address(level);
    int previous = UnsafeApi.getInt(line + OrderLine.PREVIOUS);
    int next = UnsafeApi.getInt(line + OrderLine.NEXT);
    UnsafeApi.putInt(previous == 0 ? at + HEAD : orders.line(previous) + OrderLine.NEXT, next);
    UnsafeApi.putInt(next == 0 ? at + TAIL : orders.line(next) + OrderLine.PREVIOUS, previous);
    count(at, -1, -UnsafeApi.getInt(line + OrderLine.REMAINING));
    return next == 0 && previous == 0;
  }

  void reduce(int level, int quantity) {
    long total = pool.address(level) + TOTAL;
    UnsafeApi.putLong(total, UnsafeApi.getLong(total) - quantity);
  }

  private static void count(long at, int orders, int quantity) {
    UnsafeApi.putInt(at + COUNT, UnsafeApi.getInt(at + COUNT) + orders);
    UnsafeApi.putLong(at + TOTAL, UnsafeApi.getLong(at + TOTAL) + quantity);
  }
}
