package io.tradepit.perf.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The book that a workload is made against: what is open after each command. */
final class PlacedOrders {
  private final NavigableMap<Integer, Deque<PlacedOrder>> bids = new TreeMap<>();
  private final NavigableMap<Integer, Deque<PlacedOrder>> asks = new TreeMap<>();
  private final List<PlacedOrder> open = new ArrayList<>();
  private final Runnable onTrade;
  private int lastPrice;

  /**
   * @param onTrade is run for each match
   */
  PlacedOrders(int lastPrice, Runnable onTrade) {
    this.lastPrice = lastPrice;
    this.onTrade = onTrade;
  }

  int size() {
    return open.size();
  }

  int levels() {
    return bids.size() + asks.size();
  }

  PlacedOrder get(int index) {
    return open.get(index);
  }

  /** Of the last match. */
  int lastPrice() {
    return lastPrice;
  }

  /** Matches, and rests what is left when it is to rest. */
  void place(PlacedOrder order, boolean rests) {
    NavigableMap<Integer, Deque<PlacedOrder>> opposite = order.buys ? asks : bids;
    while (order.remaining > 0 && !opposite.isEmpty()) {
      int best = order.buys ? opposite.firstKey() : opposite.lastKey();
      if (!order.reaches(best)) {
        break;
      }
      match(order, opposite.get(best).getFirst());
    }
    if (rests && order.remaining > 0) {
      order.index = open.size();
      open.add(order);
      side(order).computeIfAbsent(order.price, price -> new ArrayDeque<>()).addLast(order);
    }
  }

  private void match(PlacedOrder incoming, PlacedOrder resting) {
    int quantity = Math.min(incoming.remaining, resting.remaining);
    incoming.remaining -= quantity;
    resting.remaining -= quantity;
    lastPrice = resting.price;
    onTrade.run();
    if (resting.remaining == 0) {
      remove(resting);
    }
  }

  void remove(PlacedOrder order) {
    Deque<PlacedOrder> level = side(order).get(order.price);
    level.remove(order);
    if (level.isEmpty()) {
      side(order).remove(order.price);
    }
    PlacedOrder last = open.removeLast();
    if (last.id != order.id) {
      open.set(order.index, last);
      last.index = order.index;
    }
  }

  private NavigableMap<Integer, Deque<PlacedOrder>> side(PlacedOrder order) {
    return order.buys ? bids : asks;
  }
}
