package io.tradepit.tools.book;

import io.tradepit.matching.book.BookDepth;
import io.tradepit.tools.terminal.Canvas;
import io.tradepit.tools.terminal.Display;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keeps a display at what a book is now. One thread. */
final class BookWatch implements AutoCloseable {
  private static final long FOLLOW_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

  private final Path directory;
  private final String symbol;
  private final Display display;
  private final BookPicture picture;
  private SegmentBooks books;
  private int instrument;
  private boolean running;
  private long nextFollowNs;
  // A look that meets a busy book leaves the copy before as it is.
  private BookDepth shown;
  private BookDepth next;
  private boolean isFresh;
  private int shownRows;
  private int shownColumns;

  BookWatch(Path directory, String symbol, int levels, SegmentBooks books, Display display) {
    this.directory = directory;
    this.symbol = symbol;
    this.display = display;
    this.books = books;
    picture = new BookPicture(display.style().glyphs());
    shown = new BookDepth(levels);
    next = new BookDepth(levels);
  }

  void start(int ofInstrument) {
    instrument = ofInstrument;
    follow();
    draw();
  }

  /** Draws what has changed since the last call, if anything has. */
  void update() {
    boolean wasRunning = running;
    if (System.nanoTime() - nextFollowNs >= 0) {
      follow();
    }
    boolean resized = display.rows() != shownRows || display.columns() != shownColumns;
    if (!isFresh
        || resized
        || running != wasRunning
        || books.version(instrument) != shown.version()) {
      draw();
    }
  }

  /** Goes over to the segment's next run when this one has ended and the next has the symbol. */
  private void follow() {
    nextFollowNs = System.nanoTime() + FOLLOW_INTERVAL_NS;
    running = books.isRunning();
    Optional<SegmentBooks> newest = running ? Optional.empty() : SegmentBooks.open(directory);
    if (newest.isPresent()) {
      adopt(newest.get());
    }
  }

  private void adopt(SegmentBooks newest) {
    int found = newest.isRunning() ? newest.find(symbol) : 0;
    if (found == 0) {
      newest.close();
      return;
    }
    books.close();
    books = newest;
    instrument = found;
    running = true;
    isFresh = false;
  }

  private void draw() {
    BookSight sight = BookSight.of(books, instrument, next);
    isFresh = sight.look() != SegmentBooks.Look.BUSY;
    if (isFresh) {
      next = shown;
      shown = sight.depth();
    }
    shownRows = display.rows();
    shownColumns = display.columns();
    display.show(frame(sight.with(shown)));
  }

  private Canvas frame(BookSight sight) {
    return display.isLive()
        ? picture.drawInto(new Canvas(shownColumns, shownRows), sight)
        : picture.draw(sight, shownColumns, shownRows);
  }

  @Override
  public void close() {
    books.close();
  }
}
