/**
 * exchange-core, attached to our benchmarks. Runs in a JVM of its own, on its own libraries; of
 * ours only what needs no library.
 */
package io.tradepit.perf.peers.exchangecore;
