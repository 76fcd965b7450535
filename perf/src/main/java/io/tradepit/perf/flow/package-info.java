/**
 * Flows of orders, generated from a seed, the same bytes everywhere, and held in native memory. It
 * must never depend on a library: it runs on the class path of every peer.
 */
package io.tradepit.perf.flow;
