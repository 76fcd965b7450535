package io.tradepit.matching;

import io.tradepit.matching.book.BookDepth;

/** Whether a copy of a {@link ChangingBook} is one that the matcher has left after a command. */
public final class TornBook {
  private TornBook() {}

  /** Fails when it is not. */
  public static void check(BookDepth depth, int orders, int quantity) {
    String fault = fault(depth, orders, quantity);
    if (fault != null) {
      throw new AssertionError("torn: version=" + depth.version() + " " + fault);
    }
  }

  /** What is wrong with a copy, or null. */
  public static String fault(BookDepth depth, int orders, int quantity) {
    String bids = fault(depth.bids(), orders, quantity, -1);
    return bids == null ? fault(depth.asks(), orders, quantity, 1) : bids;
  }

  private static String fault(BookDepth.Side side, int orders, int quantity, int direction) {
    int sum = 0;
    long last = 0;
    for (int i = 0; i < side.count(); i++) {
      boolean inOrder = i == 0 || (side.price(i) - last) * direction > 0;
      if (!inOrder || side.orders(i) < 1 || side.quantity(i) != (long) quantity * side.orders(i)) {
        return "level="
            + i
            + " price="
            + side.price(i)
            + " quantity="
            + side.quantity(i)
            + " orders="
            + side.orders(i);
      }
      sum += side.orders(i);
      last = side.price(i);
    }
    boolean touch =
        side.bestPrice() == side.price(0)
            && side.bestQuantity() == side.quantity(0)
            && side.bestOrders() == side.orders(0);
    if (!touch || sum != orders || side.count() != side.levels()) {
      return "orders=" + sum + " of " + orders + " bestPrice=" + side.bestPrice();
    }
    return null;
  }
}
