/**
 * Plays recorded order flow into a segment as a member would, and compares what it answers and
 * publishes with what the file says.
 *
 * <pre>
 *   file ──▶ ReplayFlow ──▶ Player ──OUCH over TCP──▶ segment ──ITCH multicast──▶ BookCheck
 *                             ▲                          │                           ▲
 *                             └──── AnswerTracker ◀──────┘   how many feed messages ─┘
 *                                                            each command has made
 * </pre>
 *
 * <p>{@code replay-orders} sends, reads answers and in lockstep looks into the segment's memory,
 * {@code replay-feed} reads the feed and compares books, the caller's thread shows the progress and
 * writes intervals. Files are read whole before anything is sent. Depends on {@code tools.client},
 * {@code tools.segment}, {@code tools.book}, {@code tools.report} and the ground.
 */
package io.tradepit.tools.replay;
