package io.tradepit.matching.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.UnsafeApi;

/** Walks the memory of books and checks what must hold between two commands. */
public final class BookInspector {
  private static final int DEEPER_THAN_ANY = 4_000;
  private static final int DEPTH = 3;

  private final Books books;
  private final BookView view;
  private final BookDepth whole = new BookDepth(DEEPER_THAN_ANY);
  private final BookDepth best = new BookDepth(DEPTH);
  private int orders;

  /** Looks at the memory alone. */
  public BookInspector(Books books) {
    this(books, null);
  }

  /**
   * @param view of the same memory, or null
   */
  public BookInspector(Books books, BookView view) {
    this.books = books;
    this.view = view;
  }

  /**
   * Checks all books: not crossed, levels in order, level sums, links, FIFO, counts, top of book,
   * even version; and that a reader elsewhere sees the same. Returns the orders seen.
   */
  public int check() {
    orders = 0;
    int levels = 0;
    for (int i = 1; i <= books.instruments().count(); i++) {
      OrderBook book = books.book(i);
      if (view != null) {
        assertTrue(view.tryCopy(i, whole) && view.tryCopy(i, best), "instrument=" + i);
        checkInstrument(i);
      }
      levels += check(book, i, OrderBook.BID) + check(book, i, OrderBook.ASK);
      checkTop(book, i);
    }
    assertEquals(books.levelsInUse(), levels, "levels");
    assertEquals(books.orders().pool().inUse(), orders, "orders");
    return orders;
  }

  private void checkTop(OrderBook book, int instrument) {
    long bid = book.best(OrderBook.BID);
    long ask = book.best(OrderBook.ASK);
    long address = books.address(instrument);
    assertEquals(0, UnsafeApi.getLong(address + TreeBook.VERSION) & 1, "version");
    assertEquals(bid == 0 ? 0 : price((int) bid), UnsafeApi.getLong(address + TreeBook.TOP));
    assertEquals(ask == 0 ? 0 : price((int) ask), UnsafeApi.getLong(address + TreeBook.TOP + 16));
    if (bid != 0 && ask != 0) {
      assertTrue(price((int) bid) < price((int) ask), "crossed instrument=" + instrument);
    }
  }

  private void checkInstrument(int instrument) {
    Instruments instruments = books.instruments();
    assertEquals(instruments.count(), view.instruments());
    assertEquals(instrument, view.find(instruments.symbol(instrument)));
    assertEquals(instruments.symbol(instrument), whole.symbol());
    assertEquals(instruments.tick(instrument), whole.tick());
    assertEquals(instruments.lot(instrument), whole.lot());
    assertEquals(instruments.state(instrument), whole.tradingState());
    assertEquals(instruments.reason(instrument), whole.haltReason());
  }

  private static BookDepth.Side sideOf(BookDepth depth, int side) {
    return side == OrderBook.BID ? depth.bids() : depth.asks();
  }

  private void checkSeen(BookDepth.Side seen, int level, int at, long price) {
    assertEquals(price, seen.price(level));
    assertEquals(
        UnsafeApi.getLong(books.levels().address(at) + Levels.TOTAL), seen.quantity(level));
    assertEquals(UnsafeApi.getInt(books.levels().address(at) + Levels.COUNT), seen.orders(level));
    if (level == 0) {
      assertEquals(price, seen.bestPrice());
      assertEquals(seen.quantity(0), seen.bestQuantity());
      assertEquals(seen.orders(0), seen.bestOrders());
    }
  }

  private int check(OrderBook book, int instrument, int side) {
    int levels = 0;
    int last = 0;
    int order = book.best(side);
    while (order != 0) {
      int price = price(order);
      boolean ordered = last == 0 || (side == OrderBook.BID ? price < last : price > last);
      assertTrue(ordered, "instrument=" + instrument + " price=" + price + " before=" + last);
      int tail = checkLevel(order, instrument, side);
      int at = UnsafeApi.getInt(books.orders().line(order) + OrderLine.LEVEL);
      if (view != null) {
        checkSeen(sideOf(whole, side), levels, at, price);
      }
      if (view != null && levels < DEPTH) {
        checkSeen(sideOf(best, side), levels, at, price);
      }
      levels++;
      last = price;
      order = book.next(tail, side);
    }
    assertEquals(book.levels(side), levels, "instrument=" + instrument + " side=" + side);
    if (view != null) {
      assertEquals(levels, sideOf(whole, side).count());
      assertEquals(levels, sideOf(whole, side).levels());
      assertEquals(Math.min(levels, DEPTH), sideOf(best, side).count());
    }
    return levels;
  }

  /** Returns the level's last order. */
  private int checkLevel(int head, int instrument, int side) {
    long line = books.orders().line(head);
    int level = UnsafeApi.getInt(line + OrderLine.LEVEL);
    long at = books.levels().address(level);
    assertEquals(head, UnsafeApi.getInt(at + Levels.HEAD));
    assertEquals(price(head), UnsafeApi.getInt(at + Levels.PRICE));
    int order = head;
    int previous = 0;
    int count = 0;
    long total = 0;
    long lastNumber = 0;
    while (order != 0) {
      line = books.orders().line(order);
      assertEquals(previous, UnsafeApi.getInt(line + OrderLine.PREVIOUS));
      assertEquals(level, UnsafeApi.getInt(line + OrderLine.LEVEL));
      assertEquals(price(head), UnsafeApi.getInt(line + OrderLine.PRICE));
      assertEquals(instrument, UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF);
      assertEquals(side == OrderBook.BID, UnsafeApi.getByte(line + OrderLine.SIDE) == 'B');
      long number = UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER);
      assertTrue(number > lastNumber, "number=" + number + " before=" + lastNumber);
      int remaining = UnsafeApi.getInt(line + OrderLine.REMAINING);
      assertTrue(remaining > 0, "remaining=" + remaining);
      count++;
      total += remaining;
      lastNumber = number;
      previous = order;
      order = UnsafeApi.getInt(line + OrderLine.NEXT);
    }
    assertEquals(previous, UnsafeApi.getInt(at + Levels.TAIL));
    assertEquals(count, UnsafeApi.getInt(at + Levels.COUNT));
    assertEquals(total, UnsafeApi.getLong(at + Levels.TOTAL));
    orders += count;
    return previous;
  }

  private int price(int order) {
    return UnsafeApi.getInt(books.orders().line(order) + OrderLine.PRICE);
  }

  /** Nodes at a height in the trees of all books. */
  public int nodes(int height) {
    return books.nodesInUse(height);
  }
}
