/**
 * What the matching state takes: what its layout says of a record against what is in memory, and
 * whether anything is lost over a very long flow. At rest; nothing here is timed.
 */
package io.tradepit.perf.memory;
