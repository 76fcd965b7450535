package io.tradepit.tools.member;

import io.tradepit.tools.market.Books;
import io.tradepit.tools.market.Market;
import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.terminal.Columns;
import io.tradepit.tools.terminal.Depth;
import io.tradepit.tools.terminal.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Orders, positions and instruments as tables of at most 80 columns. Pure text. */
final class MemberTables {
  private static final String NONE = "-";
  private static final Columns ORDERS = new Columns(6, -4, 9, -8, 12, 10);
  private static final Columns POSITIONS = new Columns(-8, 10, 11, 11, 14, 14);
  private static final Columns SYMBOLS = new Columns(-8, 10, 10, 10, 7, 7, 5, -7);

  private MemberTables() {}

  static String orders(List<MemberOrder> orders) {
    if (orders.isEmpty()) {
      return "no open orders";
    }
    List<String> rows = new ArrayList<>();
    rows.add(ORDERS.row("ID", "SIDE", "OPEN", "SYMBOL", "PRICE", "EXECUTED"));
    for (MemberOrder order : orders) {
      rows.add(
          ORDERS.row(
              "#" + order.number(),
              order.buy() ? "buy" : "sell",
              Figures.whole(order.open()),
              order.symbol(),
              Figures.price(order.price()),
              Figures.whole(order.executed())));
    }
    return String.join("\n", rows);
  }

  /**
   * What is held. Open profit is at the price at which it could be closed: the best bid for shares
   * held, the best ask for shares owed, else the last trade.
   */
  static String positions(Map<String, Position> positions, Market market, Books books) {
    if (positions.isEmpty()) {
      return "no positions: nothing was executed yet";
    }
    List<String> rows = new ArrayList<>();
    rows.add(POSITIONS.row("SYMBOL", "NET", "AVERAGE", "CLOSES AT", "REALISED", "OPEN PROFIT"));
    long realised = 0;
    long openProfit = 0;
    boolean known = true;
    for (Map.Entry<String, Position> entry : new TreeMap<>(positions).entrySet()) {
      Position held = entry.getValue();
      long mark = mark(held, market.instrument(entry.getKey()), books);
      rows.add(position(entry.getKey(), held, mark));
      realised += held.realised();
      openProfit += mark == 0 ? 0 : held.openProfit(mark);
      known &= mark > 0 || held.shares() == 0;
    }
    String open = known ? Figures.money(openProfit) : NONE;
    rows.add(POSITIONS.row("total", "", "", "", Figures.money(realised), open));
    return String.join("\n", rows);
  }

  private static String position(String symbol, Position held, long mark) {
    String realised = Figures.money(held.realised());
    if (held.shares() == 0) {
      return POSITIONS.row(symbol, "0", NONE, NONE, realised, Figures.money(0));
    }
    return POSITIONS.row(
        symbol,
        Figures.whole(held.shares()),
        Figures.price(held.averagePrice()),
        price(mark),
        realised,
        mark == 0 ? NONE : Figures.money(held.openProfit(mark)));
  }

  static String symbols(Market market, Books books) {
    List<String> rows = new ArrayList<>();
    rows.add(SYMBOLS.row("SYMBOL", "BID", "ASK", "LAST", "VOLUME", "TICK", "LOT", "STATE"));
    for (MarketInstrument instrument : market.instruments()) {
      Depth touch = books.depth(instrument, 1);
      rows.add(
          SYMBOLS.row(
              instrument.symbol(),
              touch.bids().isEmpty() ? NONE : Figures.price(touch.bids().getFirst().price()),
              touch.asks().isEmpty() ? NONE : Figures.price(touch.asks().getFirst().price()),
              price(instrument.lastPrice()),
              Figures.compact(instrument.volume()),
              Figures.price(instrument.tick()),
              Integer.toString(instrument.lot()),
              touch.halted() ? "HALTED" : "trading"));
    }
    return String.join("\n", rows);
  }

  // Where a position could be closed; 0 when that is not known.
  private static long mark(Position held, MarketInstrument instrument, Books books) {
    if (instrument == null) {
      return 0;
    }
    long touch = held.shares() > 0 ? books.bestBid(instrument) : books.bestAsk(instrument);
    return touch > 0 ? touch : instrument.lastPrice();
  }

  private static String price(long price) {
    return price == 0 ? NONE : Figures.price(price);
  }
}
