package io.tradepit.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.tools.market.MarketInstrument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a simulated member's requests, checks each against what a venue asks for, and answers when
 * told. It never matches by itself.
 */
final class FakeVenue implements Requests {
  /** An order as the venue has it; {@code executed} counts the whole chain. */
  record Resting(MarketInstrument instrument, boolean buy, long price, long open, long executed) {}

  final Map<Long, Resting> resting = new LinkedHashMap<>();
  final List<String> said = new ArrayList<>();
  private final Deque<Runnable> answers = new ArrayDeque<>();
  private final OrderTable orders = new OrderTable(this);
  private long lastNumber;

  OrderTable orders() {
    return orders;
  }

  /** Gives the oldest answer; false when there is none. */
  boolean answer() {
    Runnable oldest = answers.poll();
    if (oldest != null) {
      oldest.run();
    }
    return oldest != null;
  }

  /** Gives all answers. */
  void answerAll() {
    boolean more = true;
    while (more) {
      more = answer();
    }
  }

  /** Executes a part of a resting order. */
  void execute(long number, long quantity) {
    Resting order = resting.remove(number);
    if (order.open > quantity) {
      resting.put(
          number,
          new Resting(
              order.instrument,
              order.buy,
              order.price,
              order.open - quantity,
              order.executed + quantity));
    }
    orders.onExecuted(number, quantity);
  }

  @Override
  public void enter(
      long number,
      MarketInstrument instrument,
      boolean buy,
      long quantity,
      long price,
      boolean immediate) {
    requireNew(number);
    requireOnTheGrid(instrument, quantity, price);
    said.add("enter " + instrument.symbol() + (buy ? " buy " : " sell ") + quantity + " " + price);
    answers.add(() -> onEnter(number, new Resting(instrument, buy, price, quantity, 0), immediate));
  }

  @Override
  public void replace(long original, long number, long chainQuantity, long price) {
    requireNew(number);
    said.add("replace " + original + " " + chainQuantity + " " + price);
    answers.add(() -> onReplace(original, number, chainQuantity, price));
  }

  @Override
  public void cancel(long number) {
    said.add("cancel " + number);
    answers.add(() -> remove(number));
  }

  private void onEnter(long number, Resting order, boolean immediate) {
    requireNoCross(order.instrument, order.buy, order.price);
    resting.put(number, order);
    orders.onAccepted(number);
    if (immediate) {
      remove(number);
    }
  }

  private void onReplace(long original, long number, long chainQuantity, long price) {
    Resting order = resting.get(original);
    if (order == null) {
      return;
    }
    long open = chainQuantity - order.executed;
    if (open <= 0) {
      remove(original);
      return;
    }
    resting.remove(original);
    requireOnTheGrid(order.instrument, chainQuantity, price);
    requireNoCross(order.instrument, order.buy, price);
    resting.put(number, new Resting(order.instrument, order.buy, price, open, order.executed));
    orders.onReplaced(original, number, open, price);
  }

  private void remove(long number) {
    Resting order = resting.remove(number);
    if (order != null) {
      orders.onCanceled(number, order.open);
    }
  }

  private void requireNew(long number) {
    assertTrue(number > lastNumber, "number=" + number + " last=" + lastNumber);
    lastNumber = number;
  }

  private static void requireOnTheGrid(MarketInstrument instrument, long quantity, long price) {
    assertTrue(price > 0, "price=" + price);
    assertEquals(0, price % instrument.tick(), "price=" + price);
    assertTrue(quantity > 0 && quantity <= 999_999, "quantity=" + quantity);
    assertEquals(0, quantity % instrument.lot(), "quantity=" + quantity);
  }

  private void requireNoCross(MarketInstrument instrument, boolean buy, long price) {
    for (Resting own : resting.values()) {
      if (own.instrument == instrument && own.buy != buy) {
        assertTrue(buy ? price < own.price : price > own.price, "crosses its own at " + price);
      }
    }
  }
}
