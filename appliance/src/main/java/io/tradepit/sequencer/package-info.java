/**
 * Merges the gateways' commands into one order, and gives each its sequence number and time.
 *
 * <p>Runs on {@code tp-seq}, which may share a thread with the matcher. Of a command it looks at
 * the gateway only, and numbers those of the segment itself. It must not depend on another station.
 */
package io.tradepit.sequencer;
