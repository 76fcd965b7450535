package io.tradepit.tools.member;

import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.matching.book.BookDepth;
import io.tradepit.tools.book.SegmentBooks;
import io.tradepit.tools.client.FeedListener;
import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.tools.market.Books;
import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.market.MarketListener;
import io.tradepit.tools.terminal.Depth;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The market: books from the state of a segment on this machine, else as far as the feed has told
 * since this client joined it. One thread.
 */
final class MarketWatch implements FeedListener, MarketListener, Books, AutoCloseable {
  private static final int DATAGRAMS = 64;
  private static final byte HALTED = 'H';

  private final Market market;
  private final FeedReceiver receiver;
  private final Optional<SegmentBooks> local;
  private final Consumer<String> news;
  private boolean fromTheFirst;
  private boolean joined;

  /**
   * @param news hears of halts and of gaps
   */
  MarketWatch(SegmentConfig config, Consumer<String> news) {
    this.news = news;
    market = new Market(config.instruments(), this);
    receiver =
        FeedReceiver.open(
            new FeedReceiverContext().feed(config.feed()).messages(market).listener(this));
    try {
      local = SegmentBooks.open(SegmentPaths.of(config).state()).filter(SegmentBooks::isRunning);
    } catch (RuntimeException e) {
      receiver.close();
      throw e;
    }
  }

  Market market() {
    return market;
  }

  int poll() {
    return receiver.poll(DATAGRAMS);
  }

  @Override
  public Depth depth(MarketInstrument instrument, int levels) {
    Optional<Depth> whole = local.map(books -> looked(books, instrument, levels));
    return whole.orElseGet(() -> market.depth(instrument, levels));
  }

  private static Depth looked(SegmentBooks books, MarketInstrument instrument, int levels) {
    BookDepth copy = new BookDepth(levels);
    if (books.look(books.find(instrument.symbol()), copy) != SegmentBooks.Look.WHOLE) {
      throw new RefusedException(instrument.symbol() + ": its book kept changing; try again");
    }
    return new Depth(
        instrument.symbol(),
        copy.tradingState() == HALTED,
        levels(copy.bids()),
        levels(copy.asks()),
        instrument.lastPrice(),
        instrument.lastQuantity());
  }

  private static List<Depth.Level> levels(BookDepth.Side side) {
    return IntStream.range(0, side.count())
        .mapToObj(i -> new Depth.Level(side.price(i), side.quantity(i), side.orders(i)))
        .toList();
  }

  /** Whether every message of the day was seen. */
  boolean isFromTheFirst() {
    return fromTheFirst && receiver.gaps() == 0;
  }

  /** What to know about the books before they are trusted; empty when there is nothing. */
  String caution() {
    if (local.isPresent() || isFromTheFirst()) {
      return "";
    }
    return joined
        ? "orders from before this client joined the feed, or from its gaps, are not shown"
        : "the feed is silent so far";
  }

  @Override
  public void onSession(String session, long sequenceNumber) {
    fromTheFirst = sequenceNumber == 1;
    joined = true;
  }

  @Override
  public void onGap(long from, long to) {
    news.accept("feed: messages " + from + " to " + to + " were lost on both lines");
  }

  @Override
  public void onState(MarketInstrument instrument) {
    news.accept(instrument.symbol() + (instrument.isHalted() ? " is halted" : " is trading again"));
  }

  @Override
  public void close() {
    receiver.close();
    local.ifPresent(SegmentBooks::close);
  }
}
