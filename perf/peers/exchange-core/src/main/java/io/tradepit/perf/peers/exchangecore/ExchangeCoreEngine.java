package io.tradepit.perf.peers.exchangecore;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import io.tradepit.perf.book.BookEngine;
import io.tradepit.perf.book.Reports;
import io.tradepit.perf.flow.Flow;
import java.util.HashMap;
import java.util.Map;

/**
 * exchange-core's order book for speed, driven as its matching engine drives it: one command
 * object, its own pools of the sizes that its router makes, no risk engine and no Disruptor. IOC is
 * its own; a MODIFY cancels and places under the same id, because its move keeps the quantity.
 */
public final class ExchangeCoreEngine implements BookEngine {
  private static final int SYMBOL = 1;
  private static final long USER = 1;

  // Sizes of the matching engine's router, MatchingEngineRouter of exchange-core 0.5.3.
  private static final int KIBI = 1024;
  private static final Map<Integer, Integer> POOLS = new HashMap<>();

  static {
    POOLS.put(ObjectsPool.DIRECT_ORDER, KIBI * KIBI);
    POOLS.put(ObjectsPool.DIRECT_BUCKET, 64 * KIBI);
    POOLS.put(ObjectsPool.ART_NODE_4, 32 * KIBI);
    POOLS.put(ObjectsPool.ART_NODE_16, 16 * KIBI);
    POOLS.put(ObjectsPool.ART_NODE_48, 8 * KIBI);
    POOLS.put(ObjectsPool.ART_NODE_256, 4 * KIBI);
  }

  private final OrderCommand command = new OrderCommand();
  private final OrderBookDirectImpl book;

  /** Takes every flow of one instrument. */
  public ExchangeCoreEngine(Flow flow) {
    if (flow.limits().instruments() != 1) {
      throw new IllegalArgumentException(
          "instruments=" + flow.limits().instruments() + " allowed=1");
    }
    CoreSymbolSpecification pair =
        CoreSymbolSpecification.builder()
            .symbolId(SYMBOL)
            .type(SymbolType.CURRENCY_EXCHANGE_PAIR)
            .baseCurrency(1)
            .quoteCurrency(2)
            .baseScaleK(1)
            .quoteScaleK(1)
            .build();
    book =
        new OrderBookDirectImpl(
            pair,
            new ObjectsPool(POOLS),
            OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER,
            LoggingConfiguration.DEFAULT);
    command.symbol = SYMBOL;
    command.uid = USER;
    command.resultCode = CommandResultCode.VALID_FOR_MATCHING_ENGINE;
  }

  @Override
  public void apply(Flow flow, int from, int to, Reports reports) {
    for (int i = from; i < to; i++) {
      command.orderId = flow.orderId(i);
      switch (flow.kind(i)) {
        case Flow.NEW -> place(flow, i, OrderType.GTC, reports);
        case Flow.IOC -> place(flow, i, OrderType.IOC, reports);
        case Flow.CANCEL -> cancel(reports);
        case Flow.MODIFY -> modify(flow, i, reports);
        default -> throw new IllegalArgumentException("kind=" + flow.kind(i));
      }
    }
  }

  private void place(Flow flow, int message, OrderType type, Reports reports) {
    byte side = flow.side(message);
    int price = flow.price(message);
    int quantity = flow.quantity(message);
    command.orderType = type;
    command.action = side == Flow.BUY ? OrderAction.BID : OrderAction.ASK;
    command.price = price;
    command.reserveBidPrice = price;
    command.size = quantity;
    command.matcherEvent = null;
    reports.accepted(command.orderId, quantity, price, side);
    book.newOrder(command);
    if (command.matcherEvent != null) {
      report(command.matcherEvent, reports);
    }
  }

  /** The remainder of an IOC order stands before the trades that left it. */
  private void report(MatcherTradeEvent first, Reports reports) {
    boolean isRemainder = first.eventType == MatcherEventType.REJECT;
    MatcherTradeEvent trade = isRemainder ? first.nextEvent : first;
    while (trade != null) {
      reports.traded(trade.matchedOrderId, command.orderId, (int) trade.price, (int) trade.size);
      trade = trade.nextEvent;
    }
    if (isRemainder) {
      reports.canceled(command.orderId, (int) first.size);
    }
  }

  private void cancel(Reports reports) {
    if (book.cancelOrder(command) == CommandResultCode.SUCCESS) {
      reports.canceled(command.orderId, (int) command.matcherEvent.size);
    } else {
      reports.rejected(command.orderId, Reports.UNKNOWN_ORDER);
    }
  }

  private void modify(Flow flow, int message, Reports reports) {
    if (book.cancelOrder(command) == CommandResultCode.SUCCESS) {
      place(flow, message, OrderType.GTC, reports);
    } else {
      reports.rejected(command.orderId, Reports.UNKNOWN_ORDER);
    }
  }

  @Override
  public String version() {
    return "exchange-core 0.5.3, OrderBookDirectImpl alone";
  }
}
