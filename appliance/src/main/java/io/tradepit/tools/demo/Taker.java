package io.tradepit.tools.demo;

import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import java.util.List;
import java.util.Random;

/** Takes what is quoted, the more eagerly the better its price is, and leaves nothing behind. */
final class Taker implements Trader {
  private static final int MAX_LOTS = 12;
  private static final int SHARES = 5;
  private static final int MAX_TICKS_BEYOND = 3;

  private final List<Worth> instruments;
  private final Market market;
  private final Random random;

  Taker(List<Worth> instruments, Market market, Random random) {
    this.instruments = instruments;
    this.market = market;
    this.random = random;
  }

  @Override
  public String role() {
    return "taker";
  }

  @Override
  public void act(OrderTable orders) {
    Worth worth = instruments.get(random.nextInt(instruments.size()));
    MarketInstrument instrument = worth.instrument();
    long bid = market.bestBid(instrument);
    long ask = market.bestAsk(instrument);
    if (bid == 0 || ask == 0) {
      return;
    }
    boolean buy = random.nextDouble() < eagerness(worth, bid, ask);
    long beyond = instrument.tick() * random.nextInt(MAX_TICKS_BEYOND + 1);
    long price = buy ? ask + beyond : Math.max(instrument.tick(), bid - beyond);
    if (orders.crossing(instrument, buy, price) == null) {
      orders.enter(instrument, buy, quantity(instrument), price, true);
    }
  }

  // The chance to buy: one half when the middle of the market is at the fair value.
  private static double eagerness(Worth worth, long bid, long ask) {
    double middle = (bid + ask) / 2.0 / worth.instrument().tick();
    return Math.clamp(0.5 + (worth.fair().ticks() - middle) / (8 * worth.step()), 0.05, 0.95);
  }

  private long quantity(MarketInstrument instrument) {
    long lots = 1L + random.nextInt(MAX_LOTS);
    return lots * (instrument.lot() == 1 ? SHARES : instrument.lot());
  }
}
