package io.tradepit.tools.demo;

import io.tradepit.tools.market.MarketInstrument;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The orders of one simulated member. Refuses what a sound member never sends: a price or quantity
 * off the grid, and an order that could match one of its own.
 */
final class OrderTable {
  private static final int MAX_QUANTITY = 999_999;

  private final Requests requests;
  private final Map<Long, LiveOrder> orders = new LinkedHashMap<>();
  // Number of a replacement under way to that of the order.
  private final Map<Long, Long> originals = new HashMap<>();
  private long lastNumber;
  private long fills;

  OrderTable(Requests requests) {
    this.requests = requests;
  }

  /** Open ones and those under way, oldest first. */
  Collection<LiveOrder> open() {
    return orders.values();
  }

  /** Executions so far. */
  long fills() {
    return fills;
  }

  /** One of its own orders that an order at a price could match, or null. */
  LiveOrder crossing(MarketInstrument instrument, boolean buy, long price) {
    for (LiveOrder own : orders.values()) {
      if (own.instrument == instrument && own.buy != buy) {
        long distance = buy ? own.nearestPrice() - price : price - own.nearestPrice();
        if (distance <= 0) {
          return own;
        }
      }
    }
    return null;
  }

  /**
   * Sends a new order.
   *
   * @throws IllegalArgumentException when no sound member would
   */
  LiveOrder enter(
      MarketInstrument instrument, boolean buy, long quantity, long price, boolean immediate) {
    requireSound(instrument, buy, quantity, price);
    LiveOrder order = new LiveOrder(instrument, buy, ++lastNumber, price, quantity);
    orders.put(order.number, order);
    requests.enter(order.number, instrument, buy, quantity, price, immediate);
    return order;
  }

  /**
   * Sends a new price and open quantity for an order.
   *
   * @param order with no request under way
   * @throws IllegalArgumentException when no sound member would
   */
  void replace(LiveOrder order, long quantity, long price) {
    requireSound(order.instrument, order.buy, quantity, price);
    requireIdle(order);
    long number = ++lastNumber;
    order.pending = true;
    order.askedPrice = price;
    originals.put(number, order.number);
    requests.replace(order.number, number, order.executed + quantity, price);
  }

  /**
   * Sends a cancel.
   *
   * @param order with no request under way
   */
  void cancel(LiveOrder order) {
    requireIdle(order);
    order.pending = true;
    requests.cancel(order.number);
  }

  void onAccepted(long number) {
    LiveOrder order = orders.get(number);
    if (order != null) {
      order.pending = false;
    }
  }

  void onReplaced(long original, long number, long open, long price) {
    LiveOrder order = orders.remove(original);
    originals.remove(number);
    if (order != null) {
      order.number = number;
      order.price = price;
      order.askedPrice = price;
      order.open = open;
      order.pending = false;
      orders.put(number, order);
    }
  }

  void onExecuted(long number, long quantity) {
    fills++;
    LiveOrder order = orders.get(number);
    if (order != null) {
      order.executed += quantity;
      reduce(order, quantity);
    }
  }

  void onCanceled(long number, long quantity) {
    LiveOrder order = orders.get(number);
    if (order != null) {
      order.pending = false;
      order.askedPrice = order.price;
      reduce(order, quantity);
    }
  }

  /** A new order or a replacement was refused; the original of a replacement stays. */
  void onRejected(long number) {
    Long original = originals.remove(number);
    LiveOrder order = orders.get(original == null ? number : original);
    if (order == null) {
      return;
    }
    order.pending = false;
    order.askedPrice = order.price;
    if (original == null) {
      remove(order);
    }
  }

  private void reduce(LiveOrder order, long quantity) {
    order.open -= quantity;
    if (order.open <= 0) {
      remove(order);
    }
  }

  // A replacement of what is gone is passed over in silence: no answer would clear it.
  private void remove(LiveOrder order) {
    order.done = true;
    orders.remove(order.number);
    if (order.pending) {
      originals.values().removeIf(original -> original == order.number);
    }
  }

  private static void requireIdle(LiveOrder order) {
    if (order.pending || order.done) {
      throw new IllegalStateException("order=" + order.number + " pending or done");
    }
  }

  private void requireSound(MarketInstrument instrument, boolean buy, long quantity, long price) {
    boolean sound =
        price > 0
            && price % instrument.tick() == 0
            && quantity > 0
            && quantity <= MAX_QUANTITY
            && quantity % instrument.lot() == 0;
    if (!sound || crossing(instrument, buy, price) != null) {
      throw new IllegalArgumentException(
          "symbol=" + instrument.symbol() + " quantity=" + quantity + " price=" + price);
    }
  }
}
