/** The command line of {@code ./tradepit bench}. */
package io.tradepit.perf.bench;
