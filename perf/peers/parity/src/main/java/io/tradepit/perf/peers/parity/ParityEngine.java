package io.tradepit.perf.peers.parity;

import com.paritytrading.parity.match.OrderBook;
import com.paritytrading.parity.match.OrderBookListener;
import com.paritytrading.parity.match.Side;
import io.tradepit.perf.book.BookEngine;
import io.tradepit.perf.book.Reports;
import io.tradepit.perf.flow.Flow;

/**
 * Parity's order book; its listener writes the reports. The book does not say that a cancel found
 * nothing: the listener tells it. An IOC order is entered, and canceled when a part of it rests; a
 * MODIFY cancels and enters under the same id.
 *
 * <p>In version 0.7.0, the newest one released, a resting order that was filled stays in the index
 * of orders, and to cancel it may take out a price level of others. So a bit for each order that
 * was filled keeps such a cancel away from the book.
 */
public final class ParityEngine implements BookEngine {
  private final Listener listener;
  private final OrderBook book;

  /** Takes every flow of one instrument. */
  public ParityEngine(Flow flow) {
    if (flow.limits().instruments() != 1) {
      throw new IllegalArgumentException(
          "instruments=" + flow.limits().instruments() + " allowed=1");
    }
    listener = new Listener(flow.limits().orders());
    book = new OrderBook(listener);
  }

  @Override
  public void apply(Flow flow, int from, int to, Reports reports) {
    listener.reports = reports;
    for (int i = from; i < to; i++) {
      long orderId = flow.orderId(i);
      switch (flow.kind(i)) {
        case Flow.NEW -> enter(flow, i, orderId);
        case Flow.IOC -> enterImmediateOrCancel(flow, i, orderId);
        case Flow.CANCEL -> cancel(orderId);
        case Flow.MODIFY -> modify(flow, i, orderId);
        default -> throw new IllegalArgumentException("kind=" + flow.kind(i));
      }
    }
  }

  private void enter(Flow flow, int message, long orderId) {
    byte side = flow.side(message);
    int price = flow.price(message);
    int quantity = flow.quantity(message);
    listener.reports.accepted(orderId, quantity, price, side);
    book.enter(orderId, side == Flow.BUY ? Side.BUY : Side.SELL, price, quantity);
  }

  private void enterImmediateOrCancel(Flow flow, int message, long orderId) {
    listener.rests = false;
    enter(flow, message, orderId);
    if (listener.rests) {
      book.cancel(orderId, 0);
      listener.reports.canceled(orderId, listener.canceledQuantity);
    }
  }

  private void cancel(long orderId) {
    if (isTakenOut(orderId)) {
      listener.reports.canceled(orderId, listener.canceledQuantity);
    } else {
      listener.reports.rejected(orderId, Reports.UNKNOWN_ORDER);
    }
  }

  private void modify(Flow flow, int message, long orderId) {
    if (isTakenOut(orderId)) {
      enter(flow, message, orderId);
    } else {
      listener.reports.rejected(orderId, Reports.UNKNOWN_ORDER);
    }
  }

  private boolean isTakenOut(long orderId) {
    if (listener.isFilled(orderId)) {
      return false;
    }
    listener.canceledQuantity = 0;
    book.cancel(orderId, 0);
    return listener.canceledQuantity != 0;
  }

  @Override
  public String version() {
    return "parity-match 0.7.0";
  }

  private static final class Listener implements OrderBookListener {
    private final long[] filled;
    private Reports reports;
    private boolean rests;
    private int canceledQuantity;

    Listener(int orders) {
      filled = new long[(orders >> 6) + 1];
    }

    boolean isFilled(long orderId) {
      return (filled[(int) (orderId >> 6)] & (1L << orderId)) != 0;
    }

    @Override
    public void match(
        long restingOrderId,
        long incomingOrderId,
        Side incomingSide,
        long price,
        long executedQuantity,
        long remainingQuantity) {
      reports.traded(restingOrderId, incomingOrderId, (int) price, (int) executedQuantity);
      if (remainingQuantity == 0) {
        filled[(int) (restingOrderId >> 6)] |= 1L << restingOrderId;
      }
    }

    @Override
    public void add(long orderId, Side side, long price, long size) {
      rests = true;
    }

    @Override
    public void cancel(long orderId, long canceled, long remainingQuantity) {
      canceledQuantity = (int) canceled;
    }
  }
}
