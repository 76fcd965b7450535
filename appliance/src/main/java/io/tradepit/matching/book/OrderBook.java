package io.tradepit.matching.book;

/**
 * The book of one instrument: price-time priority. Orders are records of {@link Orders}, named by
 * their number. A second layout would implement this; only one is loaded in a process, so calls
 * stay direct.
 */
public interface OrderBook {
  int BID = 0;
  int ASK = 1;

  /** Puts an order with price, side and remaining behind all others of its price. */
  void add(int order, int side);

  /**
   * Puts an order behind all others of its side.
   *
   * @param last the order with the least priority of the side, 0 = the side is empty
   */
  void append(int order, int side, int last);

  /** Takes an order out, whatever remains of it. */
  void remove(int order, int side);

  /** Less remains of an order that stays: its place is kept. */
  void reduce(int order, int side, int quantity);

  /** The first order in priority, or 0. */
  int best(int side);

  /** The next order in priority behind this one, over all levels, or 0. */
  int next(int order, int side);

  /** Whether an incoming order of the other side with this limit would match the best order. */
  boolean crosses(int side, int limit);

  /** Whether an order at this price could be added now: its level exists or one is free. */
  boolean hasRoom(int side, int price);

  /** Whether the order is alone at its level. */
  boolean alone(int order);

  int levels(int side);

  /** The book is about to change: readers elsewhere see it as busy. */
  void beginChange();

  /** The book is whole again; the top-of-book line is up to date. */
  void endChange();
}
