package io.tradepit.tools.demo;

import io.tradepit.tools.market.MarketInstrument;

/** An order of a simulated member, from its request on. Prices in units of 0.0001. */
final class LiveOrder {
  final MarketInstrument instrument;
  final boolean buy;
  long number;
  long price;
  long open;
  long executed;

  /** Price that a replacement under way asks for, else {@link #price}. */
  long askedPrice;

  /** Whether a request about it is not answered yet. */
  boolean pending = true;

  /** Whether nothing more can happen to it. */
  boolean done;

  LiveOrder(MarketInstrument instrument, boolean buy, long number, long price, long open) {
    this.instrument = instrument;
    this.buy = buy;
    this.number = number;
    this.price = price;
    this.askedPrice = price;
    this.open = open;
  }

  /** The price that it has or may get which is nearest to the other side. */
  long nearestPrice() {
    return buy ? Math.max(price, askedPrice) : Math.min(price, askedPrice);
  }
}
