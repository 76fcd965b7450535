package io.tradepit.tools.demo;

import io.tradepit.tools.market.MarketInstrument;
import java.util.List;
import java.util.Random;

/**
 * Quotes both sides of its instruments at several levels around the fair value, and moves its
 * quotes one at a time as that moves: the one that is farthest from where it should be first.
 */
final class MarketMaker implements Trader {
  private static final int LEVELS = 7;
  private static final int MAX_LOTS = 20;
  private static final int SHARES = 10;

  private final List<Quotes> books;
  private final double halfSpread;
  private final Random random;

  private static final class Quotes {
    final Worth worth;
    final LiveOrder[] bids = new LiveOrder[LEVELS];
    final LiveOrder[] asks = new LiveOrder[LEVELS];

    Quotes(Worth worth) {
      this.worth = worth;
    }
  }

  /**
   * @param halfSpread distance of its best quotes from the fair value, in steps; above 0
   */
  MarketMaker(List<Worth> instruments, double halfSpread, Random random) {
    books = instruments.stream().map(Quotes::new).toList();
    this.halfSpread = halfSpread;
    this.random = random;
  }

  @Override
  public String role() {
    return "market maker";
  }

  @Override
  public void act(OrderTable orders) {
    Quotes quotes = books.get(random.nextInt(books.size()));
    boolean buy = random.nextBoolean();
    LiveOrder[] side = buy ? quotes.bids : quotes.asks;
    int level = mostUrgent(quotes.worth, side, buy);
    if (level >= 0) {
      quote(orders, quotes.worth, side, level, buy);
    }
  }

  // The level whose quote is missing, else the one farthest off; -1 when all are under way.
  private int mostUrgent(Worth worth, LiveOrder[] side, boolean buy) {
    int found = -1;
    double most = -1;
    for (int level = 0; level < LEVELS; level++) {
      LiveOrder order = side[level];
      if (order == null || order.done) {
        return level;
      }
      double urgency = urgency(order, price(worth, level, buy), level);
      if (!order.pending && urgency > most) {
        most = urgency;
        found = level;
      }
    }
    return found;
  }

  // Quotes that are where they should be are renewed by chance.
  private double urgency(LiveOrder order, long wanted, int level) {
    double ticksOff = (double) Math.abs(order.price - wanted) / order.instrument.tick();
    return ticksOff / (1 + level) + random.nextDouble() / 4;
  }

  private void quote(OrderTable orders, Worth worth, LiveOrder[] side, int level, boolean buy) {
    MarketInstrument instrument = worth.instrument();
    long price = price(worth, level, buy);
    LiveOrder inTheWay = orders.crossing(instrument, buy, price);
    LiveOrder order = side[level];
    if (inTheWay != null) {
      makeWay(orders, inTheWay);
    } else if (order == null || order.done) {
      side[level] = orders.enter(instrument, buy, quantity(instrument, level), price, false);
    } else {
      orders.replace(order, quantity(instrument, level), price);
    }
  }

  private static void makeWay(OrderTable orders, LiveOrder order) {
    if (!order.pending) {
      orders.cancel(order);
    }
  }

  private long price(Worth worth, int level, boolean buy) {
    double distance = (halfSpread + level) * worth.step();
    return buy ? worth.below(distance) : worth.above(distance);
  }

  private long quantity(MarketInstrument instrument, int level) {
    long lots = 1L + random.nextInt(MAX_LOTS * (2 + level) / 2);
    return lots * (instrument.lot() == 1 ? SHARES : instrument.lot());
  }
}
