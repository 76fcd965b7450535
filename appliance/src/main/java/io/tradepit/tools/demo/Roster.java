package io.tradepit.tools.demo;

import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.segment.SegmentPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * Who and what there is in the demo: eight instruments, eight members.
 *
 * <p>Each member and each instrument draws from a random source of its own, made from the seed.
 */
final class Roster {
  private static final List<Listing> LISTINGS =
      List.of(
          new Listing("ALDER", 100, 1, 1_000_000),
          new Listing("BIRCH", 100, 1, 255_000),
          new Listing("CEDAR", 100, 1, 3_100_000),
          new Listing("ELM", 1, 1, 9_500),
          new Listing("FIR", 100, 1, 482_000),
          new Listing("HAZEL", 500, 1, 12_500_000),
          new Listing("MAPLE", 100, 1, 721_500),
          new Listing("OAK", 100, 100, 124_000));
  private static final int ORDERS = 20_000;
  private static final int OPEN_ORDERS_OF_MEMBER = 2_048;

  /** An instrument; tick and reference price in units of 0.0001. */
  private record Listing(String symbol, long tick, int lot, long referencePrice) {}

  /**
   * A member.
   *
   * @param share of all requests
   */
  record Seat(
      String user,
      String firm,
      double share,
      boolean bursts,
      BiFunction<List<Worth>, Market, Trader> trader) {}

  private final List<Seat> seats = new ArrayList<>();
  private final long seed;

  Roster(long seed) {
    this.seed = seed;
    seatMaker("ATLAS", "ATL", 0.2, 1.0);
    seatMaker("BASIN", "BAS", 0.2, 1.4);
    seatMaker("CREST", "CRE", 0.2, 1.8);
    seatMaker("DELTA", "DEL", 0.14, 2.5);
    seatTaker("EMBER", "EMB", 0.08);
    seatTaker("FLINT", "FLI", 0.08);
    seatTaker("GROVE", "GRO", 0.07);
    Random slow = random("HAVEN");
    seats.add(
        new Seat(
            "HAVEN", "HAV", 0.03, false, (worths, market) -> new Investor(worths, market, slow)));
  }

  /** In the order in which they log in. */
  List<Seat> seats() {
    return seats;
  }

  /** The segment that the demo runs on. */
  SegmentPlan plan() {
    SegmentPlan plan =
        new SegmentPlan().orders(ORDERS).levels(ORDERS).openOrdersOfSession(OPEN_ORDERS_OF_MEMBER);
    for (Listing listing : LISTINGS) {
      plan.instrument(listing.symbol, listing.tick, listing.lot, listing.referencePrice);
    }
    for (Seat seat : seats) {
      plan.session(seat.user, seat.firm);
    }
    return plan;
  }

  /** What each instrument is worth at the start. */
  List<Worth> worths(Market market) {
    return market.instruments().stream().map(this::worth).toList();
  }

  /** The random source of a member or instrument. */
  Random random(String name) {
    return new Random(seed * 31 + name.hashCode());
  }

  private Worth worth(MarketInstrument instrument) {
    return new Worth(
        instrument,
        new FairValue(
            instrument.referencePrice() / instrument.tick(), random(instrument.symbol())));
  }

  private void seatMaker(String user, String firm, double share, double halfSpread) {
    Random random = random(user);
    seats.add(
        new Seat(
            user,
            firm,
            share,
            false,
            (worths, market) -> new MarketMaker(worths, halfSpread, random)));
  }

  private void seatTaker(String user, String firm, double share) {
    Random random = random(user);
    seats.add(
        new Seat(user, firm, share, true, (worths, market) -> new Taker(worths, market, random)));
  }
}
