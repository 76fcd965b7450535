/**
 * The command line: what people type and what they see. Runs on the starting thread.
 *
 * <p>Knows the configuration, the admin socket's client and how tables look; never a station. A
 * segment is run through {@link io.tradepit.cli.SegmentRunner}, which {@code main} gives.
 */
package io.tradepit.cli;
