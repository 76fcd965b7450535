package io.tradepit.tools.book;

import io.tradepit.matching.book.BookDepth;

/**
 * One look at a book: the copy, and what may be believed of it.
 *
 * @param symbol without padding
 * @param look what became of it
 * @param running whether the segment runs; else it was killed, and this is what it left
 * @param pid of its process
 * @param lastSequence of the last command that was applied whole
 * @param depth the copy; of no use when the book was busy
 */
record BookSight(
    String symbol,
    SegmentBooks.Look look,
    boolean running,
    long pid,
    long lastSequence,
    BookDepth depth) {

  static BookSight of(SegmentBooks books, int instrument, BookDepth depth) {
    SegmentBooks.Look look = books.look(instrument, depth);
    return new BookSight(
        books.symbol(instrument),
        look,
        books.isRunning(),
        books.pid(),
        books.lastSequence(),
        depth);
  }

  /** The same, of a copy that was made before. */
  BookSight with(BookDepth before) {
    return new BookSight(symbol, look, running, pid, lastSequence, before);
  }

  boolean isHalted() {
    return depth.tradingState() == 'H';
  }

  /** One line for people that says what this is. */
  String state() {
    String book =
        switch (look) {
          case WHOLE -> "version " + depth.version() + ", after command " + lastSequence;
          case BUSY -> "busy: it kept changing; try again";
          case HALF_CHANGED -> "half changed, it died in a change";
        };
    return running
        ? "segment runs, pid " + pid + "; " + book
        : "segment is not running; what pid " + pid + " left: " + book;
  }
}
