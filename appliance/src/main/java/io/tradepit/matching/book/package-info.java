/**
 * Books of instruments: order records, price levels, and the order of levels. The matcher's thread
 * writes; another process may look, through {@link io.tradepit.matching.book.BookView}. It must
 * never depend on sessions or rules.
 */
package io.tradepit.matching.book;
