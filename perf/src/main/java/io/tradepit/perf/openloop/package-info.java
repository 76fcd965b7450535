/**
 * What benchmarks under an open loop share: when work is due, the figures of a rate, runs of some
 * rounds, and their curves.
 */
package io.tradepit.perf.openloop;
