/**
 * Looks at the books of a segment in another process: maps its matching state read-only, copies
 * levels, draws them.
 *
 * <p>The thread of the tool. Uses {@code host} and the views that {@code matching} publishes;
 * nothing here can change a segment or hold it up.
 */
package io.tradepit.tools.book;
