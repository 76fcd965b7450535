package io.tradepit.perf;

import io.tradepit.matching.book.Books;
import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.book.Orders;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.RecordPool;
import io.tradepit.matching.state.Regions;
import org.agrona.UnsafeApi;

/**
 * A book of {@code matching.book} by itself, as deep as {@link BenchmarkBook}: 1,000 levels a side,
 * 20 ticks apart, five orders at each. An order of the benchmark is a record that the caller holds.
 */
final class BareBook {
  static final int LEVELS = BenchmarkBook.LEVELS;
  private static final int ORDERS_OF_LEVEL = 5;
  private static final int QUANTITY = 100;
  private static final int TICK = 100;
  private static final int MIDDLE = 10_000_000;
  private static final int BETWEEN_LEVELS = 20 * TICK;
  private static final int INSTRUMENT = 1;

  final OrderBook book;
  private final Orders orders;
  private final Books books;

  BareBook() {
    Regions regions = new Regions(20_000, 8_000, 20_000, INSTRUMENT, 1);
    Memory memory = new Memory(StateMemory.buffers(regions.pages(), Regions.PAGE_BYTES));
    Header header = new Header(memory, 1);
    books = new Books(StateMemory.buffers(INSTRUMENT, Regions.BOOK_BYTES), memory, regions, header);
    books.instruments().define(CommandWriter.SYMBOL, TICK, 1_000_000, 1);
    orders = books.orders();
    book = books.book(INSTRUMENT);
    for (int level = 0; level < LEVELS; level++) {
      rest(OrderBook.BID, level);
      rest(OrderBook.ASK, level);
    }
    requireWhole();
  }

  private void rest(int side, int level) {
    for (int i = 0; i < ORDERS_OF_LEVEL; i++) {
      add(order(), side, price(side, level));
    }
  }

  /** A record of an order that is in no book. */
  int order() {
    int order = pool().allocate();
    UnsafeApi.putInt(orders.line(order) + OrderLine.REMAINING, QUANTITY);
    return order;
  }

  private RecordPool pool() {
    return orders.pool();
  }

  /** Of a level, 0 = the touch. */
  static int price(int side, int level) {
    int away = BETWEEN_LEVELS * (level + 1);
    return side == OrderBook.BID ? MIDDLE - away : MIDDLE + away;
  }

  /** Between a level and the next one farther away, where nothing rests. */
  static int priceBetween(int side, int level) {
    return price(side, level) + (side == OrderBook.BID ? -TICK : TICK);
  }

  /** Of two neighbours, 0 and 1, far from all levels: alone they need two nodes of their own. */
  static int farPrice(int neighbour) {
    return MIDDLE / 2 + neighbour * TICK;
  }

  /** Rests an order, as a change of its own that ends with the top of book written. */
  void add(int order, int side, int price) {
    UnsafeApi.putInt(orders.line(order) + OrderLine.PRICE, price);
    book.beginChange();
    book.add(order, side);
    book.endChange();
  }

  /** Takes it out again. */
  void remove(int order, int side) {
    book.beginChange();
    book.remove(order, side);
    book.endChange();
  }

  /** The price of the best order of a side. */
  int bestPrice(int side) {
    return UnsafeApi.getInt(orders.line(book.best(side)) + OrderLine.PRICE);
  }

  /** Follows a side from its best order to its last one; returns how many there are. */
  int walk(int side) {
    int count = 0;
    for (int order = book.best(side); order != 0; order = book.next(order, side)) {
      count++;
    }
    return count;
  }

  /** Refuses to go on when levels have come or gone. */
  void requireWhole() {
    if (book.levels(OrderBook.BID) != LEVELS
        || book.levels(OrderBook.ASK) != LEVELS
        || books.levelsInUse() != 2 * LEVELS) {
      throw new IllegalStateException(
          "bids=" + book.levels(OrderBook.BID) + " asks=" + book.levels(OrderBook.ASK));
    }
  }
}
