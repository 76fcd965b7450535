/**
 * The wire benchmark: OUCH 5.0 over SoupBinTCP and TCP, from a member's order to its Accepted,
 * against a segment in a process of its own, for each transport of the gateway.
 *
 * <pre>
 *   WireCommand ──▶ WireComparison ──▶ ChildSegment (tradepit run)
 *                                  └─▶ WireRuns (member's process) ──▶ OneInFlight, OpenLoop ──▶ MemberSession
 *                   WireResults ◀── WireRow, a line ◀──┘
 * </pre>
 *
 * The member's process has one thread that spins. It meets the segment as any member does: nothing
 * of a station is in it.
 */
package io.tradepit.perf.wire;
