package io.tradepit.tools.demo;

import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.tools.client.OrderEntryClient;
import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.segment.SegmentPlace;
import io.tradepit.tools.terminal.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;

/**
 * All simulated members and the feed, on one thread of its own; what it publishes may be read by
 * any thread.
 */
final class TradingFloor implements AutoCloseable {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long PICTURE_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long FAIR_STEP_NS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long IDLE_NS = 20_000;
  private static final int DATAGRAMS = 64;
  private static final int LEVELS = 60;

  private final Tape tape = new Tape();
  private final AnswerTimes times = new AnswerTimes();
  private final Map<Integer, Long> rejects = new TreeMap<>();
  private final List<SimulatedMember> members = new ArrayList<>();
  private final Market market;
  private final List<Worth> worths;
  private final FeedReceiver feed;
  private final List<History> trends;
  private final History ordersPerSecond = new History();
  private final Thread thread = new Thread(this::run, "tp-demo");
  private final long startNs;

  private volatile int selected;
  private volatile boolean stopping;
  private volatile FloorPicture picture;
  private volatile String failure = "";

  private Counts lastSecond = new Counts(0, 0, 0, 0);
  private FloorPicture.Rates rates = new FloorPicture.Rates(0, 0, 0, FloorPicture.Times.NONE);
  private long endNs;

  private record Counts(long orders, long trades, long feedMessages, long answers) {}

  /**
   * Joins the feed, logs all members in and begins to trade.
   *
   * @param rate requests a second, of all members together
   */
  TradingFloor(SegmentPlace place, Roster roster, double rate) {
    market = new Market(place.config().instruments(), tape);
    worths = roster.worths(market);
    trends = worths.stream().map(worth -> new History()).toList();
    feed =
        FeedReceiver.open(new FeedReceiverContext().feed(place.config().feed()).messages(market));
    startNs = System.nanoTime();
    endNs = startNs;
    try {
      roster.seats().forEach(seat -> members.add(seated(seat, place, roster, rate)));
    } catch (RuntimeException e) {
      release();
      throw e;
    }
    picture = pictureAt(startNs);
    thread.start();
  }

  private SimulatedMember seated(Roster.Seat seat, SegmentPlace place, Roster roster, double rate) {
    long now = System.nanoTime();
    return new SimulatedMember(
        seat.user(),
        place.password(seat.user()),
        place.orderEntry(seat.user()),
        seat.trader().apply(worths, market),
        new Pace(rate * seat.share(), seat.bursts(), now, roster.random(seat.firm())),
        now,
        times,
        rejects);
  }

  /** The instrument whose book is in the picture, from 0. */
  void select(int instrument) {
    selected = Math.floorMod(instrument, worths.size());
  }

  int selected() {
    return selected;
  }

  /** The newest picture, at most a fifth of a second old. */
  FloorPicture picture() {
    return picture;
  }

  /** Why trading ended by itself; empty while it goes on. */
  String failure() {
    return failure;
  }

  /** Stops trading and ends all connections; the figures stay. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What came of it, once it is closed. */
  DemoSummary summary() {
    return new DemoSummary(
        endNs - startNs,
        members.size(),
        worths.size(),
        counts().orders,
        counts().answers,
        tape.trades(),
        tape.shares(),
        feed.messages(),
        feed.lostMessages(),
        Map.copyOf(rejects),
        times.total());
  }

  private void run() {
    try {
      trade();
    } catch (RuntimeException e) {
      failure = String.valueOf(e.getMessage());
    } finally {
      endNs = System.nanoTime();
      times.onSecond();
      release();
    }
  }

  private void trade() {
    long nextSecondNs = startNs + SECOND_NS;
    long nextPictureNs = startNs;
    long lastStepNs = startNs;
    while (!stopping) {
      long nowNs = System.nanoTime();
      if (nowNs - lastStepNs >= FAIR_STEP_NS) {
        step(nowNs - lastStepNs);
        lastStepNs = nowNs;
      }
      int work = feed.poll(DATAGRAMS) + pollMembers(nowNs);
      if (nowNs - nextSecondNs >= 0) {
        onSecond();
        nextSecondNs += SECOND_NS;
      }
      if (nowNs - nextPictureNs >= 0) {
        picture = pictureAt(nowNs);
        nextPictureNs = nowNs + PICTURE_NS;
      }
      if (work == 0) {
        LockSupport.parkNanos(IDLE_NS);
      }
    }
  }

  private void step(long ns) {
    double seconds = Math.min(1, (double) ns / SECOND_NS);
    worths.forEach(worth -> worth.fair().step(seconds));
  }

  private int pollMembers(long nowNs) {
    int work = 0;
    for (SimulatedMember member : members) {
      int done = member.doWork(nowNs);
      if (done == OrderEntryClient.CLOSED) {
        failure = "user=" + member.user() + " " + member.closeReason();
        stopping = true;
        return 0;
      }
      work += done;
    }
    return work;
  }

  private void onSecond() {
    times.onSecond();
    Counts now = counts();
    rates =
        new FloorPicture.Rates(
            now.orders - lastSecond.orders,
            now.trades - lastSecond.trades,
            now.feedMessages - lastSecond.feedMessages,
            timesOf(times.recent()));
    lastSecond = now;
    ordersPerSecond.append(rates.orders());
    for (MarketInstrument instrument : market.instruments()) {
      if (instrument.lastPrice() > 0) {
        trends.get(instrument.locate() - 1).append(instrument.lastPrice());
      }
    }
  }

  private static FloorPicture.Times timesOf(Histogram recent) {
    return new FloorPicture.Times(
        recent.getValueAtPercentile(50),
        recent.getValueAtPercentile(90),
        recent.getValueAtPercentile(99),
        recent.getValueAtPercentile(99.9),
        recent.getMaxValue());
  }

  private Counts counts() {
    return new Counts(
        members.stream().mapToLong(SimulatedMember::sent).sum(),
        tape.trades(),
        feed.messages(),
        members.stream().mapToLong(SimulatedMember::answers).sum());
  }

  private FloorPicture pictureAt(long nowNs) {
    int shown = selected;
    return new FloorPicture(
        nowNs - startNs,
        market.depth(worths.get(shown).instrument(), LEVELS),
        shown,
        worths.stream().map(worth -> row(worth.instrument())).toList(),
        tape.prints(),
        members.stream()
            .map(member ->
                new FloorPicture.Member(
                    member.user(),
                    member.role(),
                    member.sent(),
                    member.fills(),
                    member.openOrders()))
            .toList(),
        rates,
        ordersPerSecond.values(),
        Map.copyOf(rejects));
  }

  private FloorPicture.Row row(MarketInstrument instrument) {
    return new FloorPicture.Row(
        instrument.symbol(),
        instrument.isHalted(),
        Figures.decimals(instrument.tick()),
        market.bestBid(instrument),
        market.bestAsk(instrument),
        instrument.lastPrice(),
        instrument.referencePrice(),
        instrument.volume(),
        instrument.trades(),
        trends.get(instrument.locate() - 1).values());
  }

  private void release() {
    CloseHelper.closeAll(members);
    CloseHelper.close(feed);
  }
}
