package io.tradepit.tools.replay;

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

  private static void append(StringBuilder text, long price, long shares) {
    boolean first = text.charAt(text.length() - 1) == '[';
    text.append(first ? "" : " ").append(price).append('x').append(shares);
  }
}
