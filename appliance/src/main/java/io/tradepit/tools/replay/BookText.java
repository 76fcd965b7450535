package io.tradepit.tools.replay;

import io.tradepit.matching.book.BookDepth;

/** Compares books with expected ones, and words them: best level first, {@code price x shares}. */
final class BookText {
  private BookText() {}

  /** Whether all levels that the file shows are in the book, and none where it shows none. */
  static boolean isEqual(ExpectedBooks expected, int slot, ReceivedBook book) {
    return isEqual(expected, slot, ExpectedBooks.ASK, book.asks())
        && isEqual(expected, slot, ExpectedBooks.BID, book.bids());
  }

  private static boolean isEqual(ExpectedBooks expected, int slot, int side, BookLevels seen) {
    for (int level = 0; level < expected.levels(); level++) {
      int size = expected.size(slot, side, level);
      boolean equal =
          level < seen.size()
              ? size == seen.shares(level) && expected.price(slot, side, level) == seen.price(level)
              : size == 0;
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #isEqual(ExpectedBooks, int, ReceivedBook)}, of a copy from inside the segment. */
  static boolean isEqual(ExpectedBooks expected, int slot, BookDepth seen) {
    return isEqual(expected, slot, ExpectedBooks.ASK, seen.asks())
        && isEqual(expected, slot, ExpectedBooks.BID, seen.bids());
  }

  private static boolean isEqual(ExpectedBooks expected, int slot, int side, BookDepth.Side seen) {
    for (int level = 0; level < expected.levels(); level++) {
      int size = expected.size(slot, side, level);
      boolean equal =
          level < seen.count()
              ? size == seen.quantity(level)
                  && expected.price(slot, side, level) == seen.price(level)
              : size == 0;
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  /** Whether two books have the same levels, all of them. */
  static boolean isEqual(ReceivedBook received, BookDepth seen) {
    return isEqual(received.asks(), seen.asks()) && isEqual(received.bids(), seen.bids());
  }

  private static boolean isEqual(BookLevels received, BookDepth.Side seen) {
    boolean equal = received.size() == seen.levels();
    for (int level = 0; equal && level < received.size(); level++) {
      equal =
          received.price(level) == seen.price(level)
              && received.shares(level) == seen.quantity(level);
    }
    return equal;
  }

  static String of(ExpectedBooks expected, int slot) {
    StringBuilder text = new StringBuilder("asks[");
    append(text, expected, slot, ExpectedBooks.ASK);
    text.append("] bids[");
    append(text, expected, slot, ExpectedBooks.BID);
    return text.append(']').toString();
  }

  static String of(ReceivedBook book, int levels) {
    StringBuilder text = new StringBuilder("asks[");
    append(text, book.asks(), levels);
    text.append("] bids[");
    append(text, book.bids(), levels);
    return text.append(']').toString();
  }

  static String of(BookDepth book) {
    StringBuilder text = new StringBuilder("asks[");
    append(text, book.asks());
    text.append("] bids[");
    append(text, book.bids());
    return text.append(']').toString();
  }

  private static void append(StringBuilder text, ExpectedBooks expected, int slot, int side) {
    for (int level = 0; level < expected.levels(); level++) {
      if (expected.size(slot, side, level) > 0) {
        append(text, expected.price(slot, side, level), expected.size(slot, side, level));
      }
    }
  }

  private static void append(StringBuilder text, BookLevels seen, int levels) {
    for (int level = 0; level < Math.min(levels, seen.size()); level++) {
      append(text, seen.price(level), seen.shares(level));
    }
  }

  private static void append(StringBuilder text, BookDepth.Side seen) {
    for (int level = 0; level < seen.count(); level++) {
      append(text, seen.price(level), seen.quantity(level));
    }
  }

  private static void append(StringBuilder text, long price, long shares) {
    boolean first = text.charAt(text.length() - 1) == '[';
    text.append(first ? "" : " ").append(price).append('x').append(shares);
  }
}
