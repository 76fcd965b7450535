package io.tradepit.protocol.itch;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The displayed books of all instruments, built from the messages of a feed as a receiver would.
 * For tools and tests: it allocates. One thread.
 *
 * <p>Messages about an order that is not there are counted and otherwise ignored, since a receiver
 * may have joined late.
 */
public final class ItchBookBuilder implements ItchListener {
  private final Map<Long, Order> orders = new HashMap<>();
  private final Map<Integer, Sides> books = new HashMap<>();
  private long unknownReferences;

  /** A displayed order. */
  public record Order(int stockLocate, byte side, long shares, long price) {}

  private record Sides(Side bids, Side asks) {
    Sides() {
      this(new Side(Collections.reverseOrder()), new Side(null));
    }
  }

  // Shares and number of orders at each price.
  private record Side(NavigableMap<Long, Long> shares, Map<Long, Integer> orders) {
    Side(Comparator<Long> order) {
      this(new TreeMap<>(order), new HashMap<>());
    }

    void enter(long price, long quantity) {
      shares.merge(price, quantity, Long::sum);
      orders.merge(price, 1, Integer::sum);
    }

    void reduce(long price, long quantity) {
      shares.computeIfPresent(price, (key, all) -> all == quantity ? null : all - quantity);
    }

    void leave(long price, long quantity) {
      reduce(price, quantity);
      orders.computeIfPresent(price, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** The order of a reference, or null. */
  public Order order(long reference) {
    return orders.get(reference);
  }

  public int orderCount() {
    return orders.size();
  }

  /** Messages that named an order which is not there. */
  public long unknownReferences() {
    return unknownReferences;
  }

  /** Shares at each price to buy, best first. */
  public NavigableMap<Long, Long> bids(int stockLocate) {
    return Collections.unmodifiableNavigableMap(sides(stockLocate).bids.shares);
  }

  /** Shares at each price to sell, best first. */
  public NavigableMap<Long, Long> asks(int stockLocate) {
    return Collections.unmodifiableNavigableMap(sides(stockLocate).asks.shares);
  }

  /** How many orders to buy are displayed at a price. */
  public int bidOrders(int stockLocate, long price) {
    return sides(stockLocate).bids.orders.getOrDefault(price, 0);
  }

  /** How many orders to sell are displayed at a price. */
  public int askOrders(int stockLocate, long price) {
    return sides(stockLocate).asks.orders.getOrDefault(price, 0);
  }

  @Override
  public void onAddOrder(AddOrder add) {
    add(add.orderReference(), new Order(add.stockLocate(), add.side(), add.shares(), add.price()));
  }

  @Override
  public void onAddAttributedOrder(AddAttributedOrder add) {
    add(add.orderReference(), new Order(add.stockLocate(), add.side(), add.shares(), add.price()));
  }

  @Override
  public void onOrderExecuted(OrderExecuted executed) {
    reduce(executed.orderReference(), executed.executedShares());
  }

  @Override
  public void onOrderExecutedWithPrice(OrderExecutedWithPrice executed) {
    reduce(executed.orderReference(), executed.executedShares());
  }

  @Override
  public void onOrderCancel(OrderCancel cancel) {
    reduce(cancel.orderReference(), cancel.cancelledShares());
  }

  @Override
  public void onOrderDelete(OrderDelete delete) {
    remove(delete.orderReference());
  }

  @Override
  public void onOrderReplace(OrderReplace replace) {
    Order original = remove(replace.originalOrderReference());
    if (original != null) {
      add(
          replace.newOrderReference(),
          new Order(original.stockLocate, original.side, replace.shares(), replace.price()));
    }
  }

  private void add(long reference, Order order) {
    if (orders.putIfAbsent(reference, order) != null) {
      throw new IllegalStateException("orderReference=" + reference + " added=twice");
    }
    side(order).enter(order.price, order.shares);
  }

  private Order remove(long reference) {
    Order order = orders.remove(reference);
    if (order == null) {
      unknownReferences++;
    } else {
      side(order).leave(order.price, order.shares);
    }
    return order;
  }

  private void reduce(long reference, long shares) {
    Order order = orders.get(reference);
    if (order == null) {
      unknownReferences++;
      return;
    }
    if (shares > order.shares) {
      throw new IllegalStateException(
          "orderReference=" + reference + " shares=" + order.shares + " removed=" + shares);
    }
    if (shares == order.shares) {
      side(orders.remove(reference)).leave(order.price, shares);
    } else {
      side(order).reduce(order.price, shares);
      orders.put(
          reference, new Order(order.stockLocate, order.side, order.shares - shares, order.price));
    }
  }

  private Side side(Order order) {
    Sides sides = sides(order.stockLocate);
    return order.side == 'B' ? sides.bids : sides.asks;
  }

  private Sides sides(int stockLocate) {
    return books.computeIfAbsent(stockLocate, locate -> new Sides());
  }
}
