package io.tradepit.perf.flow;

import java.util.Locale;

/** What a flow consists of, counted message by message. */
final class FlowShares {
  private final Flow flow;
  private final int orders;
  private final int[] prices;
  private final boolean[] gone;
  private int immediate;
  private int modifies;
  private int reprices;
  private int cancels;
  private int stale;
  private boolean orderedAndDense = true;

  FlowShares(Flow flow) {
    this.flow = flow;
    this.orders = flow.limits().orders();
    this.prices = new int[orders + 1];
    this.gone = new boolean[orders + 1];
    long entered = 0;
    long lastNs = 0;
    for (int i = 0; i < flow.messages(); i++) {
      boolean enters = flow.kind(i) == Flow.NEW || flow.kind(i) == Flow.IOC;
      orderedAndDense &= flow.timeNs(i) >= lastNs && (!enters || flow.orderId(i) == ++entered);
      lastNs = flow.timeNs(i);
      count(i, (int) flow.orderId(i));
    }
  }

  private void count(int message, int id) {
    switch (flow.kind(message)) {
      case Flow.NEW -> prices[id] = flow.price(message);
      case Flow.IOC -> immediate++;
      default -> countLater(message, id);
    }
  }

  private void countLater(int message, int id) {
    if (gone[id]) {
      stale++;
    } else if (flow.kind(message) == Flow.CANCEL) {
      cancels++;
      gone[id] = true;
    } else {
      modifies++;
      reprices += flow.price(message) == prices[id] ? 0 : 1;
    }
  }

  private double ofRested(int count) {
    return (double) count / (orders - immediate);
  }

  double ioc() {
    return (double) immediate / orders;
  }

  double modified() {
    return ofRested(modifies);
  }

  double repriced() {
    return (double) reprices / modifies;
  }

  double canceled() {
    return ofRested(cancels);
  }

  /** Of the canceled ones. */
  double stale() {
    return (double) stale / cancels;
  }

  double messagesPerOrder() {
    return (double) flow.messages() / orders;
  }

  boolean isOrderedAndDense() {
    return orderedAndDense;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "ioc=%.3f modified=%.3f repriced=%.3f canceled=%.3f stale=%.4f messagesPerOrder=%.3f",
        ioc(),
        modified(),
        repriced(),
        canceled(),
        stale(),
        messagesPerOrder());
  }
}
