package io.tradepit.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.SegmentConfig;
import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.market.MarketListener;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What simulated members send, whatever happens to their orders. */
@Timeout(60)
class TradersTest {
  private static final int ACTS = 30_000;
  private static final List<SegmentConfig.Instrument> PLANS =
      List.of(
          new SegmentConfig.Instrument("CHEAP", 100, 1, 2_000),
          new SegmentConfig.Instrument("LOTS", 500, 100, 12_500_000),
          new SegmentConfig.Instrument("FINE", 1, 1, 9_500));

  private final Market market = new Market(PLANS, new MarketListener() {});
  private final Random random = new Random(11);
  private final List<Worth> worths = worths(random);

  @Test
  void shouldQuoteOnTheGridAndNeverAcrossItself() {
    FakeVenue venue = drive(new MarketMaker(worths, 1, random));
    for (MarketInstrument instrument : market.instruments()) {
      assertTrue(count(venue, instrument, true) > 3, instrument.symbol());
      assertTrue(count(venue, instrument, false) > 3, instrument.symbol());
    }
  }

  @Test
  void shouldTakeAtOnceAndLeaveNothing() {
    quoteAll();
    FakeVenue venue = drive(new Taker(worths, market, random));
    assertTrue(venue.said.size() > ACTS / 2, "requests=" + venue.said.size());
    assertTrue(venue.resting.isEmpty());
  }

  @Test
  void shouldRestAFewOrdersAndGiveUpTheOldest() {
    quoteAll();
    FakeVenue venue = drive(new Investor(worths, market, random));
    assertTrue(venue.resting.size() <= 12, "resting=" + venue.resting.size());
    assertTrue(venue.said.stream().anyMatch(said -> said.startsWith("cancel")));
  }

  @Test
  void shouldSendNothingIntoAnEmptyMarket() {
    assertEquals(List.of(), drive(new Taker(worths, market, random)).said);
    assertEquals(List.of(), drive(new Investor(worths, market, random)).said);
  }

  @Test
  void shouldBehaveTheSameWithTheSameSeed() {
    assertEquals(saidWithSeed(5), saidWithSeed(5));
    assertNotEquals(saidWithSeed(5), saidWithSeed(6));
  }

  @Test
  void shouldKeepTheFairValueBetweenHalfAndTwiceOfItsStart() {
    FairValue fair = new FairValue(20, random);
    for (int i = 0; i < 200_000; i++) {
      fair.step(1);
      assertTrue(fair.ticks() >= 10 && fair.ticks() <= 40, "ticks=" + fair.ticks());
    }
    assertThrows(IllegalArgumentException.class, () -> new FairValue(19, random));
  }

  @Test
  void shouldActSoManyTimesASecondAfterAWarmUp() {
    for (boolean bursts : new boolean[] {false, true}) {
      Pace pace = new Pace(100, bursts, 0, new Random(3));
      long acts = 0;
      long firstSecond = 0;
      for (long ns = pace.after(0); ns < 1_000_000_000_000L; ns = pace.after(ns)) {
        acts++;
        firstSecond += ns < 1_000_000_000L ? 1 : 0;
      }
      assertEquals(100_000.0, (double) acts, 8_000.0, "bursts=" + bursts);
      assertTrue(firstSecond < 40, "firstSecond=" + firstSecond);
    }
  }

  @Test
  void shouldRefuseWhatNoSoundMemberSends() {
    OrderTable orders = new FakeVenue().orders();
    MarketInstrument lots = market.instrument("LOTS");
    orders.enter(lots, true, 100, 1_000, false);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> orders.enter(lots, true, 150, 1_000, false),
            () -> orders.enter(lots, true, 100, 1_001, false),
            () -> orders.enter(lots, true, 0, 1_000, false),
            () -> orders.enter(lots, true, 100, 0, false),
            () -> orders.enter(lots, true, 1_000_000, 1_000, false),
            () -> orders.enter(lots, false, 100, 1_000, false))) {
      assertThrows(IllegalArgumentException.class, wrong::run);
    }
  }

  // Prices move, answers come late, resting orders are executed now and then.
  private FakeVenue drive(Trader trader) {
    FakeVenue venue = new FakeVenue();
    for (int i = 0; i < ACTS; i++) {
      worths.forEach(worth -> worth.fair().step(0.05));
      trader.act(venue.orders());
      if (random.nextInt(3) > 0) {
        venue.answer();
      }
      if (random.nextInt(5) == 0 && !venue.resting.isEmpty()) {
        executeOne(venue);
      }
    }
    venue.answerAll();
    return venue;
  }

  private void executeOne(FakeVenue venue) {
    List<Long> numbers = List.copyOf(venue.resting.keySet());
    long number = numbers.get(random.nextInt(numbers.size()));
    FakeVenue.Resting order = venue.resting.get(number);
    long lots = order.open() / order.instrument().lot();
    venue.execute(number, (1 + random.nextLong(lots)) * order.instrument().lot());
  }

  private List<String> saidWithSeed(long seed) {
    Random seeded = new Random(seed);
    List<Worth> own = worths(seeded);
    FakeVenue venue = new FakeVenue();
    MarketMaker maker = new MarketMaker(own, 1, seeded);
    for (int i = 0; i < 2_000; i++) {
      own.forEach(worth -> worth.fair().step(0.05));
      maker.act(venue.orders());
      venue.answer();
    }
    return venue.said;
  }

  private List<Worth> worths(Random source) {
    return market.instruments().stream()
        .map(instrument ->
            new Worth(
                instrument, new FairValue(instrument.referencePrice() / instrument.tick(), source)))
        .toList();
  }

  private static long count(FakeVenue venue, MarketInstrument instrument, boolean buy) {
    return venue.resting.values().stream()
        .filter(order -> order.instrument() == instrument && order.buy() == buy)
        .count();
  }

  private void quoteAll() {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    AddOrder add = new AddOrder();
    long reference = 0;
    for (MarketInstrument instrument : market.instruments()) {
      for (byte side : new byte[] {'B', 'S'}) {
        long distance = side == 'B' ? -instrument.tick() : instrument.tick();
        add.begin(buffer, 0, instrument.locate(), 0, 0);
        add.orderReference(++reference)
            .side(side)
            .shares(1_000)
            .stock(instrument.packedSymbol())
            .price(instrument.referencePrice() + distance);
        market.onAddOrder(add);
      }
    }
  }
}
