/**
 * Engines under the same flow, side by side. An engine runs in a JVM of its own ({@link
 * io.tradepit.perf.book.EngineRuns}) on a matcher thread; a second thread drains its reports. What
 * an engine needs to be attached ({@link io.tradepit.perf.book.BookEngine}, {@link
 * io.tradepit.perf.book.Reports}, the flow) must never depend on a library: it runs on the class
 * path of every peer.
 */
package io.tradepit.perf.book;
