/**
 * The seams between the stations: the log of commands and the stream of events.
 *
 * <p>Commands pass from a gateway to the sequencer in an Agrona ring buffer, from the sequencer to
 * the matcher in a {@link io.tradepit.stream.Log}; events pass from the matcher to everyone in an
 * {@link io.tradepit.stream.EventStream}. Each seam has an Aeron implementation and one in memory
 * (both in {@code journal}). This package holds interfaces, byte layouts, and what more than one
 * station needs to read the event stream, so that stations need not know each other.
 */
package io.tradepit.stream;
