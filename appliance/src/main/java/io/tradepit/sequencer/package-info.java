/**
 * Merges the gateways' commands into one order, and gives each its sequence number and time.
 *
 * <p>Runs on {@code tp-seq}, which may share a thread with the matcher. It does not look into
 * commands, and must not depend on another station.
 */
package io.tradepit.sequencer;
