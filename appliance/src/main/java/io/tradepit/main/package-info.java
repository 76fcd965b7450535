/**
 * Wires the stations into a segment and starts it.
 *
 * <p>{@link io.tradepit.main.Segment} is the construction, on the starting thread; the rest are the
 * small adapters between the seams of stations that do not know each other, the threads that drive
 * the agents, and what a day is opened with. Nothing but the commands may depend on it.
 */
package io.tradepit.main;
