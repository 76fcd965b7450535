package io.tradepit.perf.book;

import io.tradepit.perf.flow.Flow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/** Slow and obvious: what every engine has to report. */
public final class ReferenceEngine implements BookEngine {
  private static final class Order {
    final long id;
    final int instrument;
    final byte side;
    int price;
    int quantity;

    Order(Flow flow, int message) {
      id = flow.orderId(message);
      instrument = flow.instrument(message);
      side = flow.side(message);
    }

    boolean reaches(int other) {
      return side == Flow.BUY ? price >= other : price <= other;
    }
  }

  /** Levels of one side of one instrument, the best one first; a level is never empty. */
  private static final class Ladder {
    final NavigableMap<Integer, SequencedSet<Order>> levels;

    Ladder(byte side) {
      levels = side == Flow.BUY ? new TreeMap<>(Comparator.reverseOrder()) : new TreeMap<>();
    }

    void add(Order order) {
      levels.computeIfAbsent(order.price, price -> new LinkedHashSet<>()).add(order);
    }

    void remove(Order order) {
      SequencedSet<Order> level = levels.get(order.price);
      level.remove(order);
      if (level.isEmpty()) {
        levels.remove(order.price);
      }
    }

    /** Null when there is none. */
    Order best() {
      return levels.isEmpty() ? null : levels.firstEntry().getValue().getFirst();
    }
  }

  private final Map<Integer, Ladder> bids = new HashMap<>();
  private final Map<Integer, Ladder> asks = new HashMap<>();
  private final Map<Long, Order> open = new HashMap<>();

  /** Every engine takes the flow; this one grows. */
  public ReferenceEngine(Flow flow) {
    for (int i = 1; i <= flow.limits().instruments(); i++) {
      bids.put(i, new Ladder(Flow.BUY));
      asks.put(i, new Ladder(Flow.SELL));
    }
  }

  @Override
  public String version() {
    return "TreeMap of queues";
  }

  @Override
  public void apply(Flow flow, int from, int to, Reports reports) {
    for (int i = from; i < to; i++) {
      apply(flow, i, reports);
    }
  }

  private void apply(Flow flow, int message, Reports reports) {
    byte kind = flow.kind(message);
    if (kind == Flow.NEW || kind == Flow.IOC) {
      enter(new Order(flow, message), flow, message, reports);
      return;
    }
    Order order = open.get(flow.orderId(message));
    if (order == null) {
      reports.rejected(flow.orderId(message), Reports.UNKNOWN_ORDER);
      return;
    }
    close(order);
    if (kind == Flow.CANCEL) {
      reports.canceled(order.id, order.quantity);
    } else {
      enter(order, flow, message, reports);
    }
  }

  private void enter(Order order, Flow flow, int message, Reports reports) {
    order.price = flow.price(message);
    order.quantity = flow.quantity(message);
    reports.accepted(order.id, order.quantity, order.price, order.side);
    match(order, reports);
    if (order.quantity > 0 && flow.kind(message) == Flow.IOC) {
      reports.canceled(order.id, order.quantity);
    } else if (order.quantity > 0) {
      ladder(order, order.side).add(order);
      open.put(order.id, order);
    }
  }

  private void match(Order order, Reports reports) {
    Ladder opposite = ladder(order, order.side == Flow.BUY ? Flow.SELL : Flow.BUY);
    Order resting = opposite.best();
    while (order.quantity > 0 && resting != null && order.reaches(resting.price)) {
      int quantity = Math.min(order.quantity, resting.quantity);
      reports.traded(resting.id, order.id, resting.price, quantity);
      order.quantity -= quantity;
      resting.quantity -= quantity;
      if (resting.quantity == 0) {
        close(resting);
      }
      resting = opposite.best();
    }
  }

  private void close(Order order) {
    ladder(order, order.side).remove(order);
    open.remove(order.id);
  }

  private Ladder ladder(Order order, byte side) {
    return (side == Flow.BUY ? bids : asks).get(order.instrument);
  }

  /** Orders that are open now. */
  int openOrders() {
    return open.size();
  }

  /** Their ids, in ascending order. */
  int[] openIds() {
    return open.keySet().stream().mapToInt(Long::intValue).sorted().toArray();
  }

  /** Levels of both sides of an instrument. */
  int levels(int instrument) {
    return bids.get(instrument).levels.size() + asks.get(instrument).levels.size();
  }
}
