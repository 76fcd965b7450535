package io.tradepit.tools.terminal;

import io.tradepit.tools.terminal.Depth.Level;
import java.util.List;

/**
 * Draws a book: asks above bids, the touch in the middle, a bar of its quantity beside each level.
 *
 * <pre>
 *  MAPLE                       72.17 x 300
 *  orders   quantity      price  depth
 *       2        500      72.18  ######
 *       5      1,200      72.17  ##############
 *  ------------ spread 0.02 ------------
 *       4        900      72.15  ##########
 * </pre>
 *
 * It fills the canvas that it is given: one row of title, one of names, one between the sides, the
 * others for levels. Pure.
 */
public final class Ladder {
  /** Rows that are no levels. */
  public static final int FRAME_ROWS = 3;

  private static final int ORDERS_END = 7;
  private static final int QUANTITY_END = 18;
  private static final int PRICE_END = 29;
  private static final int BAR = 31;

  private final Glyphs glyphs;

  public Ladder(Glyphs glyphs) {
    this.glyphs = glyphs;
  }

  /** Draws as many levels of each side as there is room for. */
  public void draw(Canvas canvas, Depth depth) {
    int levels = Math.max(0, (canvas.rows() - FRAME_ROWS) / 2);
    List<Level> asks = best(depth.asks(), levels);
    List<Level> bids = best(depth.bids(), levels);
    long full = Math.max(largest(asks), largest(bids));
    int decimals = Math.max(decimals(asks), decimals(bids));
    title(canvas, depth);
    names(canvas);
    int middle = 2 + levels;
    for (int i = 0; i < asks.size(); i++) {
      Style text = i == 0 ? Style.TOUCH_ASK : Style.ASK;
      level(canvas, middle - 1 - i, asks.get(i), full, decimals, text, Style.ASK_BAR);
    }
    between(canvas, middle, depth);
    for (int i = 0; i < bids.size(); i++) {
      Style text = i == 0 ? Style.TOUCH_BID : Style.BID;
      level(canvas, middle + 1 + i, bids.get(i), full, decimals, text, Style.BID_BAR);
    }
  }

  private static void title(Canvas canvas, Depth depth) {
    canvas.text(0, 1, depth.symbol(), Style.TITLE);
    if (depth.halted()) {
      canvas.text(0, 3 + depth.symbol().length(), " HALTED ", Style.ALARM);
    }
    if (depth.lastQuantity() > 0) {
      String last =
          "last " + Figures.price(depth.lastPrice()) + " x " + Figures.whole(depth.lastQuantity());
      canvas.right(0, canvas.columns() - 1, last, Style.BOLD);
    }
  }

  private static void names(Canvas canvas) {
    canvas.right(1, ORDERS_END, "orders", Style.DIM);
    canvas.right(1, QUANTITY_END, "quantity", Style.DIM);
    canvas.right(1, PRICE_END, "price", Style.DIM);
    canvas.text(1, BAR, "depth", Style.DIM);
  }

  private void level(
      Canvas canvas, int row, Level level, long full, int decimals, Style text, Style bar) {
    if (level.orders() > 0) {
      canvas.right(row, ORDERS_END, Figures.whole(level.orders()), Style.DIM);
    }
    canvas.right(row, QUANTITY_END, Figures.whole(level.quantity()), text);
    canvas.right(row, PRICE_END, Figures.price(level.price(), decimals), text);
    canvas.text(row, BAR, glyphs.bar(level.quantity(), full, canvas.columns() - BAR - 1), bar);
  }

  private void between(Canvas canvas, int row, Depth depth) {
    canvas.area(row, 1, 1, canvas.columns() - 2).rule(0, glyphs.horizontal(), Style.DIM);
    String what =
        depth.isTwoSided() ? " spread " + Figures.price(depth.spread()) + " " : oneSided(depth);
    canvas.right(row, PRICE_END + 1, what, Style.DIM);
  }

  private static String oneSided(Depth depth) {
    if (depth.bids().isEmpty() && depth.asks().isEmpty()) {
      return " no orders ";
    }
    return depth.bids().isEmpty() ? " no bids " : " no asks ";
  }

  private static List<Level> best(List<Level> levels, int count) {
    return levels.subList(0, Math.min(count, levels.size()));
  }

  private static int decimals(List<Level> levels) {
    return levels.stream().mapToInt(level -> Figures.decimals(level.price())).max().orElse(0);
  }

  private static long largest(List<Level> levels) {
    return levels.stream().mapToLong(Level::quantity).max().orElse(1);
  }
}
