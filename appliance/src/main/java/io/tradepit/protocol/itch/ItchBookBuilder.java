package io.tradepit.protocol.itch;

import java.util.Collections;
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

  private record Sides(NavigableMap<Long, Long> bids, NavigableMap<Long, Long> asks) {
    Sides() {
      this(new TreeMap<>(Collections.reverseOrder()), new TreeMap<>());
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
    return Collections.unmodifiableNavigableMap(sides(stockLocate).bids);
  }

  /** Shares at each price to sell, best first. */
  public NavigableMap<Long, Long> asks(int stockLocate) {
    return Collections.unmodifiableNavigableMap(sides(stockLocate).asks);
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
    level(order).merge(order.price, order.shares, Long::sum);
  }

  private Order remove(long reference) {
    Order order = orders.remove(reference);
    if (order == null) {
      unknownReferences++;
    } else {
      takeFromLevel(order, order.shares);
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
    takeFromLevel(order, shares);
    if (shares == order.shares) {
      orders.remove(reference);
    } else {
      orders.put(
          reference, new Order(order.stockLocate, order.side, order.shares - shares, order.price));
    }
  }

  private void takeFromLevel(Order order, long shares) {
    level(order)
        .compute(
            order.price, (price, total) -> total == shares ? null : Long.valueOf(total - shares));
  }

  private NavigableMap<Long, Long> level(Order order) {
    Sides sides = sides(order.stockLocate);
    return order.side == 'B' ? sides.bids : sides.asks;
  }

  private Sides sides(int stockLocate) {
    return books.computeIfAbsent(stockLocate, locate -> new Sides());
  }
}
