package io.tradepit.tools.demo;

import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import java.util.List;
import java.util.Random;

/** In no hurry: rests an order behind the touch now and then, and gives up its oldest one. */
final class Investor implements Trader {
  private static final int MAX_ORDERS = 12;
  private static final int MAX_TICKS_BEHIND = 12;
  private static final int MAX_LOTS = 40;

  private final List<Worth> instruments;
  private final Market market;
  private final Random random;

  Investor(List<Worth> instruments, Market market, Random random) {
    this.instruments = instruments;
    this.market = market;
    this.random = random;
  }

  @Override
  public String role() {
    return "investor";
  }

  @Override
  public void act(OrderTable orders) {
    if (orders.open().size() >= MAX_ORDERS) {
      cancelOldest(orders);
      return;
    }
    MarketInstrument instrument = instruments.get(random.nextInt(instruments.size())).instrument();
    boolean buy = random.nextBoolean();
    long touch = buy ? market.bestBid(instrument) : market.bestAsk(instrument);
    long behind = instrument.tick() * random.nextInt(MAX_TICKS_BEHIND);
    long price = buy ? touch - behind : touch + behind;
    if (touch > 0 && price > 0 && orders.crossing(instrument, buy, price) == null) {
      long lots = 1L + random.nextInt(MAX_LOTS);
      orders.enter(instrument, buy, lots * instrument.lot(), price, false);
    }
  }

  private static void cancelOldest(OrderTable orders) {
    orders.open().stream().filter(order -> !order.pending).findFirst().ifPresent(orders::cancel);
  }
}
