package io.tradepit.perf.pipeline;

/** An order while a workload is made. */
final class PlacedOrder {
  final int id;
  final int user;
  final boolean buys;
  final int quantity;
  int price;
  int remaining;
  // Where it stands among the open ones.
  int index;

  PlacedOrder(int id, int user, boolean buys, int price, int quantity) {
    this.id = id;
    this.user = user;
    this.buys = buys;
    this.price = price;
    this.quantity = quantity;
    this.remaining = quantity;
  }

  boolean reaches(int other) {
    return buys ? price >= other : price <= other;
  }
}
