package io.tradepit.tools.book;

import io.tradepit.matching.book.BookDepth;
import io.tradepit.tools.terminal.Canvas;
import io.tradepit.tools.terminal.Depth;
import io.tradepit.tools.terminal.Glyphs;
import io.tradepit.tools.terminal.Ladder;
import io.tradepit.tools.terminal.Style;
import java.util.ArrayList;
import java.util.List;

/** Draws what a look has seen: a ladder, and below it what may be believed of it. */
final class BookPicture {
  /** A blank row and the state below the ladder. */
  private static final int STATE_ROWS = 2;

  private final Ladder ladder;

  BookPicture(Glyphs glyphs) {
    ladder = new Ladder(glyphs);
  }

  /** As high as its levels need, at most those of {@code mostRows}. */
  Canvas draw(BookSight sight, int columns, int mostRows) {
    BookDepth depth = sight.depth();
    int levels = Math.max(1, Math.max(depth.bids().count(), depth.asks().count()));
    int rows = Math.min(Ladder.FRAME_ROWS + 2 * levels + STATE_ROWS, mostRows);
    return drawInto(new Canvas(columns, rows), sight);
  }

  /** Fills a canvas. */
  Canvas drawInto(Canvas canvas, BookSight sight) {
    int ladderRows = canvas.rows() - STATE_ROWS;
    ladder.draw(canvas.area(0, 0, ladderRows, canvas.columns()), depth(sight));
    canvas.text(canvas.rows() - 1, 1, sight.state(), sight.running() ? Style.DIM : Style.ALARM);
    return canvas;
  }

  private static Depth depth(BookSight sight) {
    BookDepth depth = sight.depth();
    return new Depth(
        sight.symbol(), sight.isHalted(), levels(depth.bids()), levels(depth.asks()), 0, 0);
  }

  private static List<Depth.Level> levels(BookDepth.Side side) {
    List<Depth.Level> levels = new ArrayList<>();
    for (int i = 0; i < side.count(); i++) {
      levels.add(new Depth.Level(side.price(i), side.quantity(i), side.orders(i)));
    }
    return levels;
  }
}
