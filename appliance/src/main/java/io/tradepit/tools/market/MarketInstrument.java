package io.tradepit.tools.market;

import io.tradepit.config.SegmentConfig;
import io.tradepit.protocol.itch.ItchText;

/** What the feed has told of one instrument, its book apart. Prices in units of 0.0001. */
public final class MarketInstrument {
  private final String symbol;
  private final int locate;
  private final long tick;
  private final int lot;
  private final long referencePrice;
  private final long packedSymbol;
  boolean halted;
  long lastPrice;
  long lastQuantity;
  long volume;
  long trades;

  MarketInstrument(int locate, SegmentConfig.Instrument plan) {
    this.locate = locate;
    symbol = plan.symbol();
    tick = plan.tick4();
    lot = plan.lot();
    referencePrice = plan.referencePrice4();
    packedSymbol = ItchText.symbol(plan.symbol());
  }

  public String symbol() {
    return symbol;
  }

  /** Number of the instrument in the feed, from 1. */
  public int locate() {
    return locate;
  }

  public long tick() {
    return tick;
  }

  public int lot() {
    return lot;
  }

  public long referencePrice() {
    return referencePrice;
  }

  /** As OUCH carries it. */
  public long packedSymbol() {
    return packedSymbol;
  }

  public boolean isHalted() {
    return halted;
  }

  /** Of the last trade, or 0 before the first. */
  public long lastPrice() {
    return lastPrice;
  }

  public long lastQuantity() {
    return lastQuantity;
  }

  /** Shares traded. */
  public long volume() {
    return volume;
  }

  public long trades() {
    return trades;
  }

  /** Last price less reference price; 0 before the first trade. */
  public long change() {
    return lastPrice == 0 ? 0 : lastPrice - referencePrice;
  }
}
