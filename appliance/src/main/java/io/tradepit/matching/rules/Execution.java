package io.tradepit.matching.rules;

import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.book.Orders;
import io.tradepit.matching.state.Header;
import org.agrona.UnsafeApi;

/**
 * How orders meet, rest and leave (RULES.md 5): an incoming order matches the best resting order at
 * the resting price until nothing crosses; its remainder rests or is canceled.
 */
final class Execution {
  private final MatchingState state;
  private final Orders orders;
  private final EventWriter events;
  // The book whose version is odd, within a step only: it is not part of the state.
  private OrderBook changing;

  Execution(MatchingState state, EventWriter events) {
    this.state = state;
    this.orders = state.orders;
    this.events = events;
  }

  OrderBook bookOf(long line) {
    return state.books.book(UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF);
  }

  /**
   * The book of an order, which from now to the end of the step is changing for readers elsewhere:
   * they see what a step makes of it, and nothing between.
   */
  @SuppressWarnings("ReferenceEquality") // a book is one object
  private OrderBook changingBookOf(long line) {
    OrderBook book = bookOf(line);
    if (book != changing) {
      endStep();
      book.beginChange();
      changing = book;
    }
    return book;
  }

  /** The step is over: the book that it changed is whole. */
  void endStep() {
    if (changing != null) {
      changing.endChange();
      changing = null;
    }
  }

  static int sideOf(byte side) {
    return side == 'B' ? OrderBook.BID : OrderBook.ASK;
  }

  static int sideOf(long line) {
    return sideOf(UnsafeApi.getByte(line + OrderLine.SIDE));
  }

  private static int sessionOf(long line) {
    return UnsafeApi.getShort(line + OrderLine.SESSION) & 0xFFFF;
  }

  private static int remainingOf(long line) {
    return UnsafeApi.getInt(line + OrderLine.REMAINING);
  }

  private static boolean isDay(long line) {
    return UnsafeApi.getByte(line + OrderLine.TIME_IN_FORCE) == '0';
  }

  /** Whether the order would rest whole: a day order that matches nothing. */
  boolean restsAtOnce(long line) {
    return isDay(line)
        && !bookOf(line).crosses(1 - sideOf(line), UnsafeApi.getInt(line + OrderLine.PRICE));
  }

  /** Puts an order into its book and among the open orders of its session. */
  void rest(int order) {
    long line = orders.line(order);
    changingBookOf(line).add(order, sideOf(line));
    open(order, line);
  }

  private void open(int order, long line) {
    orders.enterHash(order);
    state.openOrders.add(sessionOf(line), order);
  }

  /** Matches an incoming order; false leaves a continuation. */
  boolean match(int order) {
    long line = orders.line(order);
    boolean complete = sweep(order, line, changingBookOf(line));
    if (!complete) {
      Continuation.begin(state.header, Continuation.SWEEP, 0);
      state.header.put(Header.CURSOR_A, order);
    }
    return complete;
  }

  boolean resume() {
    int order = (int) state.header.get(Header.CURSOR_A);
    Continuation.end(state.header);
    return match(order);
  }

  private boolean sweep(int order, long line, OrderBook book) {
    int opposite = 1 - sideOf(line);
    int limit = UnsafeApi.getInt(line + OrderLine.PRICE);
    while (remainingOf(line) > 0) {
      if (events.full()) {
        return false;
      }
      if (!book.crosses(opposite, limit)) {
        leaveRemainder(order, line, book);
        return true;
      }
      fill(order, line, book, opposite);
    }
    orders.pool().free(order);
    return true;
  }

  private void fill(int order, long line, OrderBook book, int opposite) {
    int resting = book.best(opposite);
    int quantity = Math.min(remainingOf(line), remainingOf(orders.line(resting)));
    // The incoming order is not in the state hash before it rests.
    take(line + OrderLine.REMAINING, -quantity);
    take(line + OrderLine.EXECUTED, quantity);
    take(line + OrderLine.CHAIN_EXECUTED, quantity);
    book.reduce(resting, opposite, quantity);
    int left = orders.execute(resting, quantity);
    events.executed(resting, order, quantity);
    if (left == 0) {
      book.remove(resting, opposite);
      forget(resting);
    }
  }

  private static void take(long address, int delta) {
    UnsafeApi.putInt(address, UnsafeApi.getInt(address) + delta);
  }

  private void leaveRemainder(int order, long line, OrderBook book) {
    if (isDay(line)) {
      book.add(order, sideOf(line));
      open(order, line);
      events.rested(order);
    } else {
      int quantity = remainingOf(line);
      UnsafeApi.putInt(line + OrderLine.REMAINING, 0);
      events.canceled(order, quantity, 'I', false);
      orders.pool().free(order);
    }
  }

  /** Cancels all that remains of a resting order. */
  void cancel(int order, char reason) {
    long line = orders.line(order);
    int quantity = remainingOf(line);
    withdraw(order);
    UnsafeApi.putInt(line + OrderLine.REMAINING, 0);
    events.canceled(order, quantity, reason, true);
    orders.pool().free(order);
  }

  /** Takes a resting order out of book, hash and session; its record stays. */
  void withdraw(int order) {
    long line = orders.line(order);
    changingBookOf(line).remove(order, sideOf(line));
    orders.leaveHash(order);
    state.openOrders.remove(sessionOf(line), order);
  }

  /** Takes quantity, but not all, from a resting order, which keeps its place. */
  void reduce(int order, int quantity) {
    long line = orders.line(order);
    changingBookOf(line).reduce(order, sideOf(line), quantity);
    orders.reduce(order, quantity);
  }

  private void forget(int order) {
    orders.leaveHash(order);
    state.openOrders.remove(sessionOf(orders.line(order)), order);
    orders.pool().free(order);
  }
}
