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
 *   0     4    8    12    16             24    28
 *   |price|head|tail|count|total quantity|index|node of the price tree that it hangs on
 * </pre>
 *
 * The index is that of the price tree; in a free record it is the free list's link. The node's
 * height stands in its highest bits. Level 0 is none: its index is no level's.
 */
final class Levels {
  static final int PRICE = 0;
  static final int HEAD = 4;
  static final int TAIL = 8;
  static final int COUNT = 12;
  static final int TOTAL = 16;
  static final int INDEX = 24;
  static final int NODE = 28;
  private static final int HEIGHT_SHIFT = 29;
  private static final int NODE_MASK = (1 << HEIGHT_SHIFT) - 1;

  private final RecordPool pool;
  private final Orders orders;
  private final long first;

  Levels(Memory memory, Regions regions, Header header, Orders orders) {
    this.orders = orders;
    this.first = memory.address(regions.levels);
    this.pool =
        new RecordPool(
            memory,
            regions.levels,
            Regions.LEVEL_SHIFT,
            INDEX,
            regions.maxLevels,
            header.levelPool());
  }

  RecordPool pool() {
    return pool;
  }

  long address(int level) {
    return first + ((long) level << Regions.LEVEL_SHIFT);
  }

  /** Of the price tree. */
  int index(int level) {
    return UnsafeApi.getInt(address(level) + INDEX);
  }

  /** Of the price tree, that a level hangs on. */
  int node(int level) {
    return UnsafeApi.getInt(address(level) + NODE) & NODE_MASK;
  }

  /** Of the node. */
  int height(int level) {
    return UnsafeApi.getInt(address(level) + NODE) >>> HEIGHT_SHIFT;
  }

  /** A level hangs on a node of the price tree from now on. */
  void hang(int level, int node, int height) {
    UnsafeApi.putInt(address(level) + NODE, height << HEIGHT_SHIFT | node);
  }

  /** A level of one order, on no node. */
  int create(int order, int index) {
    int level = pool.allocate();
    long at = address(level);
    long line = orders.line(order);
    UnsafeApi.putInt(at + PRICE, UnsafeApi.getInt(line + OrderLine.PRICE));
    UnsafeApi.putInt(at + HEAD, order);
    UnsafeApi.putInt(at + TAIL, order);
    UnsafeApi.putInt(at + COUNT, 1);
    UnsafeApi.putLong(at + TOTAL, UnsafeApi.getInt(line + OrderLine.REMAINING));
    UnsafeApi.putInt(at + INDEX, index);
    link(line, level, 0);
    return level;
  }

  private static void link(long line, int level, int previous) {
    UnsafeApi.putInt(line + OrderLine.PREVIOUS, previous);
    UnsafeApi.putInt(line + OrderLine.NEXT, 0);
    UnsafeApi.putInt(line + OrderLine.LEVEL, level);
  }

  /** Puts an order behind the others of a level. */
  void append(int level, int order) {
    long at = address(level);
    long line = orders.line(order);
    int tail = UnsafeApi.getInt(at + TAIL);
    link(line, level, tail);
    UnsafeApi.putInt(orders.line(tail) + OrderLine.NEXT, order);
    UnsafeApi.putInt(at + TAIL, order);
    count(at, 1, UnsafeApi.getInt(line + OrderLine.REMAINING));
  }

  /** Takes an order from a level that has others. */
  void unlink(long at, long line) {
    int previous = UnsafeApi.getInt(line + OrderLine.PREVIOUS);
    int next = UnsafeApi.getInt(line + OrderLine.NEXT);
    UnsafeApi.putInt(previous == 0 ? at + HEAD : orders.line(previous) + OrderLine.NEXT, next);
    UnsafeApi.putInt(next == 0 ? at + TAIL : orders.line(next) + OrderLine.PREVIOUS, previous);
    count(at, -1, -UnsafeApi.getInt(line + OrderLine.REMAINING));
  }

  void reduce(int level, int quantity) {
    long total = address(level) + TOTAL;
    UnsafeApi.putLong(total, UnsafeApi.getLong(total) - quantity);
  }

  private static void count(long at, int orders, int quantity) {
    UnsafeApi.putInt(at + COUNT, UnsafeApi.getInt(at + COUNT) + orders);
    UnsafeApi.putLong(at + TOTAL, UnsafeApi.getLong(at + TOTAL) + quantity);
  }
}
