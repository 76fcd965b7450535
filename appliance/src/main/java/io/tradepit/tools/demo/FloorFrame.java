package io.tradepit.tools.demo;

import io.tradepit.tools.terminal.Canvas;
import io.tradepit.tools.terminal.Figures;
import io.tradepit.tools.terminal.Glyphs;
import io.tradepit.tools.terminal.Ladder;
import io.tradepit.tools.terminal.Style;
import java.util.List;

/**
 * Draws a picture of the floor into a frame of 80 x 24 or more. Pure.
 *
 * <pre>
 *  title
 *  ladder of the selected instrument | tape      (| members, where there is room)
 *  table of all instruments          | rates and answer times
 *  keys
 * </pre>
 *
 * What a larger terminal has more of goes to ladder and tape.
 */
final class FloorFrame {
  private static final int LADDER_COLUMNS = 46;
  private static final int WIDE_LADDER_COLUMNS = 56;
  private static final int TAPE_COLUMNS = 36;
  private static final int MEMBERS_COLUMNS = 44;
  private static final int RATES_COLUMNS = 26;
  private static final int RATES_ROWS = 9;
  private static final int TREND_COLUMN = 55;
  private static final long NS_PER_S = 1_000_000_000L;
  private static final long SHORTEST_NS = 10_000;
  private static final int DECADES = 6;

  private final Glyphs glyphs;
  private final Ladder ladder;

  FloorFrame(Glyphs glyphs) {
    this.glyphs = glyphs;
    ladder = new Ladder(glyphs);
  }

  /**
   * Draws a frame.
   *
   * @param keys what stands in the last row; empty to leave it out
   */
  Canvas draw(int columns, int rows, FloorPicture picture, List<String> keys) {
    Canvas frame = new Canvas(columns, rows);
    int keyRows = keys.isEmpty() ? 0 : 1;
    int tableRows = Math.max(RATES_ROWS, picture.instruments().size() + 1);
    int upperRows = Math.max(0, rows - 1 - 1 - tableRows - keyRows);
    title(frame, picture);
    upper(frame.area(1, 0, upperRows, columns), picture);
    frame.area(1 + upperRows, 0, 1, columns).rule(0, glyphs.horizontal(), Style.DIM);
    lower(frame.area(2 + upperRows, 0, tableRows, columns), picture);
    if (keyRows > 0) {
      keys(frame.area(rows - 1, 0, 1, columns), keys);
    }
    return frame;
  }

  private void title(Canvas frame, FloorPicture picture) {
    long seconds = picture.elapsedNs() / NS_PER_S;
    frame.text(0, 1, "TRADEPIT", Style.TITLE);
    frame.text(0, 10, "demo: simulated members over real TCP", Style.DIM);
    String time = "%02d:%02d".formatted(seconds / 60, seconds % 60);
    frame.right(0, frame.columns() - 1, time, Style.BOLD);
  }

  private void upper(Canvas area, FloorPicture picture) {
    boolean wide = area.columns() >= WIDE_LADDER_COLUMNS + TAPE_COLUMNS;
    boolean widest = area.columns() >= LADDER_COLUMNS + TAPE_COLUMNS + MEMBERS_COLUMNS - 8;
    int membersColumns = widest ? MEMBERS_COLUMNS : 0;
    int ladderColumns =
        widest
            ? area.columns() - TAPE_COLUMNS - membersColumns
            : wide ? area.columns() - TAPE_COLUMNS : LADDER_COLUMNS;
    ladder.draw(area.area(0, 0, area.rows(), ladderColumns), picture.depth());
    tape(
        area.area(0, ladderColumns, area.rows(), area.columns() - ladderColumns - membersColumns),
        picture.tape());
    if (widest) {
      int column = area.columns() - membersColumns;
      int height = Math.min(area.rows(), picture.members().size() + 2);
      members(area.area(0, column, height, membersColumns), picture.members());
      times(
          area.area(height, column, area.rows() - height, membersColumns),
          picture.rates().answerTimes());
    }
  }

  private void tape(Canvas area, List<FloorPicture.Print> tape) {
    area.text(0, 1, "trades of all instruments", Style.DIM);
    for (int i = 0; i < tape.size() && i + 1 < area.rows(); i++) {
      print(area, i + 1, tape.get(i));
    }
  }

  private void print(Canvas area, int row, FloorPicture.Print print) {
    Style side = print.bought() ? Style.BID : Style.ASK;
    String arrow = String.valueOf(print.bought() ? glyphs.up() : glyphs.down());
    area.text(row, 1, Figures.time(print.timeNs()).substring(0, 8), Style.DIM);
    area.text(row, 10, arrow, side);
    area.text(row, 12, print.symbol(), Style.PLAIN);
    area.right(row, 27, Figures.price(print.price(), print.decimals()), side);
    area.right(row, 34, Figures.whole(print.quantity()), Style.PLAIN);
  }

  private static void members(Canvas area, List<FloorPicture.Member> members) {
    area.text(0, 1, "member", Style.DIM);
    area.right(0, 27, "sent", Style.DIM);
    area.right(0, 35, "fills", Style.DIM);
    area.right(0, 42, "open", Style.DIM);
    for (int i = 0; i < members.size() && i + 1 < area.rows(); i++) {
      FloorPicture.Member member = members.get(i);
      area.text(i + 1, 1, member.user(), Style.PLAIN);
      area.text(i + 1, 8, member.role(), Style.DIM);
      area.right(i + 1, 27, Figures.compact(member.sent()), Style.PLAIN);
      area.right(i + 1, 35, Figures.compact(member.fills()), Style.PLAIN);
      area.right(i + 1, 42, Integer.toString(member.openOrders()), Style.PLAIN);
    }
  }

  private void times(Canvas area, FloorPicture.Times times) {
    area.text(0, 1, "answer time, last 5 s", Style.DIM);
    area.right(0, 42, "10 us .. 10 s", Style.DIM);
    time(area, 1, "p50", times.p50());
    time(area, 2, "p90", times.p90());
    time(area, 3, "p99", times.p99());
    time(area, 4, "p99.9", times.p999());
    time(area, 5, "max", times.max());
  }

  // Each tenfold time makes the bar as much longer.
  private void time(Canvas area, int row, String name, long ns) {
    long hundredths =
        ns <= SHORTEST_NS ? 0 : Math.round(100 * Math.log10((double) ns / SHORTEST_NS));
    area.text(row, 1, name, Style.PLAIN);
    area.right(row, 17, Figures.duration(ns), Style.PLAIN);
    area.text(row, 19, glyphs.bar(hundredths, DECADES * 100, 24), Style.SPARK);
  }

  private void lower(Canvas area, FloorPicture picture) {
    int ratesColumn = area.columns() - RATES_COLUMNS;
    table(area.area(0, 0, area.rows(), ratesColumn), picture);
    rates(area.area(0, ratesColumn, area.rows(), RATES_COLUMNS), picture);
  }

  private void table(Canvas area, FloorPicture picture) {
    boolean trends = area.columns() > TREND_COLUMN + 8;
    area.text(0, 1, "instrument", Style.DIM);
    area.right(0, 20, "bid", Style.DIM);
    area.right(0, 29, "ask", Style.DIM);
    area.right(0, 38, "last", Style.DIM);
    area.right(0, 46, "change", Style.DIM);
    area.right(0, 53, "volume", Style.DIM);
    if (trends) {
      area.text(0, TREND_COLUMN, "last minute", Style.DIM);
    }
    for (int i = 0; i < picture.instruments().size(); i++) {
      row(area, i + 1, picture.instruments().get(i), i == picture.selected());
      if (trends) {
        trend(area, i + 1, picture.instruments().get(i).trend());
      }
    }
  }

  private static void row(Canvas area, int row, FloorPicture.Row instrument, boolean selected) {
    if (selected) {
      area.text(row, 0, ">", Style.TITLE);
    }
    area.text(row, 1, instrument.symbol(), selected ? Style.TITLE : Style.PLAIN);
    if (instrument.halted()) {
      area.text(row, 2 + instrument.symbol().length(), "HALT", Style.ALARM);
    }
    area.right(row, 20, price(instrument.bid(), instrument.decimals()), Style.BID);
    area.right(row, 29, price(instrument.ask(), instrument.decimals()), Style.ASK);
    area.right(row, 38, price(instrument.last(), instrument.decimals()), Style.BOLD);
    long change = instrument.last() == 0 ? 0 : instrument.last() - instrument.reference();
    Style direction = change > 0 ? Style.BID : change < 0 ? Style.ASK : Style.DIM;
    String percent = Figures.percent((double) change / instrument.reference());
    area.right(row, 46, percent, direction);
    area.right(row, 53, Figures.compact(instrument.volume()), Style.PLAIN);
  }

  // A price's movement, not its height, is what there is to see.
  private void trend(Canvas area, int row, List<Long> prices) {
    List<Long> last = newest(prices, area.columns() - TREND_COLUMN - 2);
    long lowest = last.stream().mapToLong(Long::longValue).min().orElse(0);
    String spark = glyphs.spark(last.stream().mapToLong(price -> price - lowest).toArray());
    area.text(row, TREND_COLUMN, spark, Style.SPARK);
  }

  private static List<Long> newest(List<Long> values, int count) {
    return values.subList(Math.max(0, values.size() - count), values.size());
  }

  private void rates(Canvas area, FloorPicture picture) {
    FloorPicture.Rates rates = picture.rates();
    for (int row = 0; row < area.rows(); row++) {
      area.text(row, 0, String.valueOf(glyphs.vertical()), Style.DIM);
    }
    figure(area, 0, "orders/s", Figures.whole(rates.orders()), Style.BOLD);
    figure(area, 1, "trades/s", Figures.whole(rates.trades()), Style.BOLD);
    figure(area, 2, "feed messages/s", Figures.whole(rates.feedMessages()), Style.BOLD);
    figure(area, 3, "answer p50", Figures.duration(rates.answerTimes().p50()), Style.BOLD);
    figure(area, 4, "answer p99", Figures.duration(rates.answerTimes().p99()), Style.BOLD);
    figure(area, 5, "members on", Integer.toString(picture.members().size()), Style.BOLD);
    long rejects = picture.rejects().values().stream().mapToLong(Long::longValue).sum();
    figure(area, 6, "rejects", Figures.whole(rejects), rejects == 0 ? Style.BOLD : Style.WARN);
    List<Long> history = newest(picture.ordersPerSecond(), RATES_COLUMNS - 3);
    long[] perSecond = history.stream().mapToLong(Long::longValue).toArray();
    area.text(8, 2, glyphs.spark(perSecond), Style.SPARK);
    area.text(7, 2, "orders/s, each second", Style.DIM);
  }

  private static void figure(Canvas area, int row, String name, String value, Style style) {
    area.text(row, 2, name, Style.DIM);
    area.right(row, RATES_COLUMNS - 1, value, style);
  }

  // Each is a key, a space and what it does.
  private static void keys(Canvas area, List<String> keys) {
    int column = 1;
    for (String key : keys) {
      area.text(0, column, " " + key.charAt(0) + " ", Style.KEY);
      area.text(0, column + 4, key.substring(2), Style.DIM);
      column += key.length() + 5;
    }
  }

  private static String price(long price, int decimals) {
    return price == 0 ? "-" : Figures.price(price, decimals);
  }
}
