package io.tradepit.tools.market;

import io.tradepit.config.SegmentConfig;
import io.tradepit.protocol.itch.AddAttributedOrder;
import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.ItchBookBuilder;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.itch.OrderCancel;
import io.tradepit.protocol.itch.OrderDelete;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.itch.OrderExecutedWithPrice;
import io.tradepit.protocol.itch.OrderReplace;
import io.tradepit.protocol.itch.TradingAction;
import io.tradepit.tools.terminal.Depth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.LongToIntFunction;
import java.util.stream.Collectors;

/**
 * All instruments of a segment, built from its feed. One thread.
 *
 * <p>Symbols, ticks and lots are those of the configuration, which numbers the instruments in its
 * order from 1: who joins a feed late never hears the directory. What was in the books before the
 * first message is not known here either.
 */
public final class Market implements ItchListener, Books {
  private static final byte HALTED = 'H';

  private final ItchBookBuilder books = new ItchBookBuilder();
  private final List<MarketInstrument> instruments = new ArrayList<>();
  private final Map<String, MarketInstrument> bySymbol;
  private final MarketListener listener;

  public Market(List<SegmentConfig.Instrument> plans, MarketListener listener) {
    for (SegmentConfig.Instrument plan : plans) {
      instruments.add(new MarketInstrument(instruments.size() + 1, plan));
    }
    bySymbol =
        instruments.stream()
            .collect(Collectors.toMap(MarketInstrument::symbol, Function.identity()));
    this.listener = listener;
  }

  /** In the order of the configuration. */
  public List<MarketInstrument> instruments() {
    return instruments;
  }

  /** The instrument of a symbol, or null. */
  public MarketInstrument instrument(String symbol) {
    return bySymbol.get(symbol);
  }

  /** Messages that named an order which is not known here. */
  public long unknownReferences() {
    return books.unknownReferences();
  }

  @Override
  public long bestBid(MarketInstrument instrument) {
    return best(books.bids(instrument.locate()));
  }

  @Override
  public long bestAsk(MarketInstrument instrument) {
    return best(books.asks(instrument.locate()));
  }

  @Override
  public Depth depth(MarketInstrument instrument, int levels) {
    int locate = instrument.locate();
    return new Depth(
        instrument.symbol(),
        instrument.halted,
        side(books.bids(locate), levels, price -> books.bidOrders(locate, price)),
        side(books.asks(locate), levels, price -> books.askOrders(locate, price)),
        instrument.lastPrice,
        instrument.lastQuantity);
  }

  @Override
  public void onTradingAction(TradingAction message) {
    if (isKnown(message.stockLocate())) {
      onState(instruments.get(message.stockLocate() - 1), message.tradingState() == HALTED);
    }
  }

  @Override
  public void onAddOrder(AddOrder message) {
    books.onAddOrder(message);
  }

  @Override
  public void onAddAttributedOrder(AddAttributedOrder message) {
    books.onAddAttributedOrder(message);
  }

  @Override
  public void onOrderExecuted(OrderExecuted message) {
    ItchBookBuilder.Order resting = books.order(message.orderReference());
    books.onOrderExecuted(message);
    if (resting != null) {
      traded(resting, resting.price(), message.executedShares(), message.timestampNs());
    }
  }

  @Override
  public void onOrderExecutedWithPrice(OrderExecutedWithPrice message) {
    ItchBookBuilder.Order resting = books.order(message.orderReference());
    books.onOrderExecutedWithPrice(message);
    if (resting != null) {
      traded(resting, message.executionPrice(), message.executedShares(), message.timestampNs());
    }
  }

  @Override
  public void onOrderCancel(OrderCancel message) {
    books.onOrderCancel(message);
  }

  @Override
  public void onOrderDelete(OrderDelete message) {
    books.onOrderDelete(message);
  }

  @Override
  public void onOrderReplace(OrderReplace message) {
    books.onOrderReplace(message);
  }

  private void traded(ItchBookBuilder.Order resting, long price, long quantity, long timeNs) {
    if (isKnown(resting.stockLocate())) {
      MarketInstrument instrument = instruments.get(resting.stockLocate() - 1);
      instrument.lastPrice = price;
      instrument.lastQuantity = quantity;
      instrument.volume += quantity;
      instrument.trades++;
      listener.onTrade(instrument, price, quantity, resting.side() == 'S', timeNs);
    }
  }

  private void onState(MarketInstrument instrument, boolean halted) {
    if (instrument.halted != halted) {
      instrument.halted = halted;
      listener.onState(instrument);
    }
  }

  private boolean isKnown(int locate) {
    return locate >= 1 && locate <= instruments.size();
  }

  private static long best(NavigableMap<Long, Long> side) {
    return side.isEmpty() ? 0 : side.firstKey();
  }

  private static List<Depth.Level> side(
      NavigableMap<Long, Long> shares, int levels, LongToIntFunction orders) {
    return shares.entrySet().stream()
        .limit(levels)
        .map(level ->
            new Depth.Level(level.getKey(), level.getValue(), orders.applyAsInt(level.getKey())))
        .toList();
  }
}
