package io.tradepit.perf.book;

import io.tradepit.matching.book.Books;
import io.tradepit.matching.book.BooksAudit;
import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.book.Orders;
import io.tradepit.matching.session.OpenOrders;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.session.SessionsAudit;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.RecordPool;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateDefectException;
import io.tradepit.perf.StateMemory;
import io.tradepit.perf.StatePools;
import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowLimits;
import org.agrona.UnsafeApi;

/**
 * The product's books, order records and table of open orders under a loop of a few lines: what a
 * matching engine is without sessions, checks, numbers, hashes and events. Each message ends with
 * the book whole and its top-of-book line written, as readers elsewhere see it.
 */
public final class TradepitEngine implements AuditedEngine {
  private static final int SESSION = 0;
  private static final int CHANNEL = 0;

  private final Memory memory;
  private final Regions regions;
  private final Header header;
  private final Books books;
  private final Orders orders;
  private final Sessions sessions;
  private final OpenOrders open;
  private final StatePools pools;

  /** Has room for what may be open at once. */
  public TradepitEngine(Flow flow) {
    FlowLimits limits = flow.limits();
    regions = regions(limits);
    memory = new Memory(StateMemory.buffers(regions.pages(), Regions.PAGE_BYTES));
    header = new Header(memory, 1);
    books =
        new Books(
            StateMemory.buffers(limits.instruments(), Regions.BOOK_BYTES), memory, regions, header);
    for (int i = 1; i <= limits.instruments(); i++) {
      books.instruments().define(i, 1, 1, 1);
    }
    orders = books.orders();
    sessions = new Sessions(memory, regions, header);
    open = new OpenOrders(memory, regions, sessions, orders);
    pools = new StatePools(memory, regions, header);
  }

  private static Regions regions(FlowLimits limits) {
    int mostOpen = limits.mostOpenOrders() + 1;
    long prices = limits.highestPrice() - limits.lowestPrice() + 1L;
    int mostLevels = (int) Math.min(mostOpen, 2 * prices * limits.instruments());
    return new Regions(mostOpen, mostLevels, mostOpen, limits.instruments(), 1);
  }

  /**
   * About what the state takes for a flow of so many new orders, of which one in twenty stands, at
   * 2,000 levels at most.
   */
  public static long stateBytes(int orders) {
    Regions regions = regions(new FlowLimits(orders, orders / 20, 1, 1, 1_000));
    return (long) regions.pages() * Regions.PAGE_BYTES;
  }

  /** Where the records of orders come from, for a test that takes one and keeps it. */
  RecordPool pool() {
    return orders.pool();
  }

  @Override
  public void beginAgain() {
    // Nothing is kept of an order that is closed.
  }

  @Override
  public int openOrders() {
    return sessions.openOrders(SESSION);
  }

  @Override
  public int recordsInUse() {
    return pools.inUse();
  }

  @Override
  public String mostInUse() {
    return pools.mostInUse();
  }

  @Override
  public String defect() {
    try {
      BooksAudit audit = new BooksAudit(books, memory, regions, header);
      audit.check();
      new SessionsAudit(sessions, open, orders, audit, regions, header).check();
      return null;
    } catch (StateDefectException e) {
      return e.getMessage();
    }
  }

  @Override
  public String version() {
    return "books, orders and table of open orders of this build";
  }

  @Override
  public void apply(Flow flow, int from, int to, Reports reports) {
    for (int i = from; i < to; i++) {
      switch (flow.kind(i)) {
        case Flow.NEW, Flow.IOC -> enter(flow, i, reports);
        case Flow.CANCEL -> cancel(flow, i, reports);
        default -> modify(flow, i, reports);
      }
    }
  }

  private void enter(Flow flow, int message, Reports reports) {
    int order = orders.pool().allocate();
    if (order == 0) {
      throw noneFree(message);
    }
    long line = orders.line(order);
    long id = flow.orderId(message);
    int instrument = flow.instrument(message);
    byte side = flow.side(message);
    UnsafeApi.putLong(line + OrderLine.ORDER_NUMBER, id);
    UnsafeApi.putInt(line + OrderLine.USER_REF_NUM, (int) id);
    UnsafeApi.putByte(line + OrderLine.SIDE, side);
    UnsafeApi.putByte(line + OrderLine.CHANNEL, (byte) CHANNEL);
    UnsafeApi.putShort(line + OrderLine.INSTRUMENT, (short) instrument);
    OrderBook book = books.book(instrument);
    book.beginChange();
    place(order, id, side, book, flow, message, reports);
    book.endChange();
  }

  /** More are open, or were never given back, than the flow says. */
  private IllegalStateException noneFree(int message) {
    return new IllegalStateException(
        "message=" + message + " orders in use=" + orders.pool().inUse() + " free=0");
  }

  /** Matches, then rests or cancels what remains; the order is in no book and no table before. */
  private void place(
      int order, long id, byte sideByte, OrderBook book, Flow flow, int message, Reports reports) {
    int side = sideOf(sideByte);
    int price = flow.price(message);
    int quantity = flow.quantity(message);
    boolean isIoc = flow.kind(message) == Flow.IOC;
    reports.accepted(id, quantity, price, sideByte);
    int left = quantity;
    if (book.crosses(1 - side, price)) {
      left = match(book, id, 1 - side, price, quantity, reports);
    }
    if (left != 0 && !isIoc) {
      long line = orders.line(order);
      UnsafeApi.putInt(line + OrderLine.PRICE, price);
      UnsafeApi.putInt(line + OrderLine.REMAINING, left);
      book.add(order, side);
      open.add(SESSION, order);
      return;
    }
    if (left != 0) {
      reports.canceled(id, left);
    }
    orders.pool().free(order);
  }

  private int match(
      OrderBook book, long id, int opposite, int limit, int quantity, Reports reports) {
    int left = quantity;
    while (left > 0 && book.crosses(opposite, limit)) {
      int resting = book.best(opposite);
      long line = orders.line(resting);
      int remaining = UnsafeApi.getInt(line + OrderLine.REMAINING);
      int traded = Math.min(left, remaining);
      reports.traded(
          UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER),
          id,
          UnsafeApi.getInt(line + OrderLine.PRICE),
          traded);
      left -= traded;
      if (traded == remaining) {
        book.remove(resting, opposite);
        open.remove(SESSION, resting);
        orders.pool().free(resting);
      } else {
        book.reduce(resting, opposite, traded);
        UnsafeApi.putInt(line + OrderLine.REMAINING, remaining - traded);
      }
    }
    return left;
  }

  /** The open order that a message names; else rejects it and returns 0. */
  private int find(Flow flow, int message, Reports reports) {
    int order = open.find(SESSION, CHANNEL, (int) flow.orderId(message));
    if (order == 0) {
      reports.rejected(flow.orderId(message), Reports.UNKNOWN_ORDER);
    }
    return order;
  }

  private void cancel(Flow flow, int message, Reports reports) {
    int order = find(flow, message, reports);
    if (order == 0) {
      return;
    }
    long line = orders.line(order);
    OrderBook book = bookOf(line);
    book.beginChange();
    withdraw(order, line, book);
    book.endChange();
    reports.canceled(flow.orderId(message), UnsafeApi.getInt(line + OrderLine.REMAINING));
    orders.pool().free(order);
  }

  private void modify(Flow flow, int message, Reports reports) {
    int order = find(flow, message, reports);
    if (order == 0) {
      return;
    }
    long line = orders.line(order);
    OrderBook book = bookOf(line);
    book.beginChange();
    withdraw(order, line, book);
    place(
        order,
        UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER),
        UnsafeApi.getByte(line + OrderLine.SIDE),
        book,
        flow,
        message,
        reports);
    book.endChange();
  }

  private void withdraw(int order, long line, OrderBook book) {
    book.remove(order, sideOf(UnsafeApi.getByte(line + OrderLine.SIDE)));
    open.remove(SESSION, order);
  }

  private OrderBook bookOf(long line) {
    return books.book(UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF);
  }

  private static int sideOf(byte side) {
    return side == Flow.BUY ? OrderBook.BID : OrderBook.ASK;
  }
}
