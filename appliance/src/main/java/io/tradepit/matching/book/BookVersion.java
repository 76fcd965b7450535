package io.tradepit.matching.book;

import org.agrona.UnsafeApi;

/**
 * The version in the first bytes of a book: odd while the book changes, so that a reader elsewhere
 * knows what to believe. See {@link BookView}. The matcher's thread only; not part of the state
 * hash.
 */
final class BookVersion {
  private BookVersion() {}

  /** The book is about to change. */
  static void begin(long book) {
    UnsafeApi.putLongRelease(null, book + TreeBook.VERSION, of(book) + 1);
    // Keeps the stores of the change behind the odd version; pairs with the load fence between the
    // copy and the second load of the version in BookView.tryCopy: who copied a byte of the change
    // finds the version odd, or beyond.
    UnsafeApi.storeFence();
  }

  /** The book is whole again. */
  static void end(long book) {
    // Keeps the stores of the change before the even version; pairs with the acquire of the version
    // in BookView: who sees this version even sees the whole change.
    UnsafeApi.putLongRelease(null, book + TreeBook.VERSION, of(book) + 1);
  }

  static long of(long book) {
    return UnsafeApi.getLong(book + TreeBook.VERSION);
  }
}
