package io.tradepit.tools.member;

import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.terminal.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Orders, positions and instruments as tables of at most 80 columns. Pure text. */
final class MemberTables {
  private static final String NONE = "-";

  private MemberTables() {}

  static String orders(List<MemberOrder> orders) {
    if (orders.isEmpty()) {
      return "no open orders";
    }
    StringBuilder table =
        new StringBuilder(row("%6s  %-4s %10s  %-8s %12s %10s", "ID", "SIDE", "OPEN", "SYMBOL", "PRICE", "EXECUTED"));
    for (MemberOrder order : orders) {
      table.append(
          row(
              "%n%6s  %-4s %10s  %-8s %12s %10s",
              "#" + order.number(),
              order.buy() ? "buy" : "sell",
              Figures.whole(order.open()),
              order.symbol(),
              Figures.price(order.price()),
              Figures.whole(order.executed())));
    }
    return table.toString();
  }

  /**
   * What is held. Open profit is at the price at which it could be closed: the best bid for shares
   * held, the best ask for shares owed, else the last trade.
   */
  static String positions(Map<String, Position> positions, Market market) {
    if (positions.isEmpty()) {
      return "no positions: nothing was executed yet";
    }
    StringBuilder table =
        new StringBuilder(row("%-8s %11s %12s %12s %15s %15s", "SYMBOL", "NET", "AVERAGE", "CLOSES AT", "REALISED", "OPEN PROFIT"));
    long realised = 0;
    long openProfit = 0;
    boolean known = true;
    for (Map.Entry<String, Position> entry : new TreeMap<>(positions).entrySet()) {
      Position held = entry.getValue();
      long mark = mark(held, market.instrument(entry.getKey()), market);
      boolean flat = held.shares() == 0;
      known &= flat || mark > 0;
      long profit = flat || mark == 0 ? 0 : held.openProfit(mark);
      realised += held.realised();
      openProfit += profit;
      table.append(
          row(
              "%n%-8s %11s %12s %12s %15s %15s",
              entry.getKey(),
              Figures.whole(held.shares()),
              flat ? NONE : Figures.price(held.averagePrice()),
              flat || mark == 0 ? NONE : Figures.price(mark),
              Figures.money(held.realised()),
              flat || mark > 0 ? Figures.money(profit) : NONE));
    }
    table.append(
        row(
            "%n%-8s %11s %12s %12s %15s %15s",
            "total", "", "", "", Figures.money(realised), known ? Figures.money(openProfit) : NONE));
    return table.toString();
  }

  static String symbols(Market market) {
    StringBuilder table =
        new StringBuilder(
            row("%-8s %11s %11s %11s %10s %8s %6s  %s", "SYMBOL", "BID", "ASK", "LAST", "VOLUME", "TICK", "LOT", "STATE"));
    for (MarketInstrument instrument : market.instruments()) {
      table.append(
          row(
              "%n%-8s %11s %11s %11s %10s %8s %6s  %s",
              instrument.symbol(),
              price(market.bestBid(instrument)),
              price(market.bestAsk(instrument)),
              price(instrument.lastPrice()),
              Figures.compact(instrument.volume()),
              Figures.price(instrument.tick()),
              instrument.lot(),
              instrument.isHalted() ? "HALTED" : "trading"));
    }
    return table.toString();
  }

  private static long mark(Position held, MarketInstrument instrument, Market market) {
    if (instrument == null) {
      return 0;
    }
    long touch = held.shares() > 0 ? market.bestBid(instrument) : market.bestAsk(instrument);
    return touch > 0 ? touch : instrument.lastPrice();
  }

  private static String price(long price) {
    return price == 0 ? NONE : Figures.price(price);
  }

  private static String row(String format, Object... cells) {
    return String.format(Locale.ROOT, format, cells).stripTrailing();
  }
}
