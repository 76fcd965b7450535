package io.tradepit.tools.member;

import io.tradepit.config.SegmentConfig;
import io.tradepit.tools.client.FeedListener;
import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.market.MarketListener;
import java.util.function.Consumer;

/** The market as this client has seen it since it joined the feed. One thread. */
final class MarketWatch implements FeedListener, MarketListener, AutoCloseable {
  private static final int DATAGRAMS = 64;

  private final Market market;
  private final FeedReceiver receiver;
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
  }

  Market market() {
    return market;
  }

  int poll() {
    return receiver.poll(DATAGRAMS);
  }

  /** Whether the books are whole: every message of the day was seen. */
  boolean isWhole() {
    return fromTheFirst && receiver.gaps() == 0;
  }

  /** What to know about the books before they are trusted; empty when there is nothing. */
  String caution() {
    if (isWhole()) {
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
  }
}
