/**
 * Turns snapshot and recorded log back into the same state and the same events.
 *
 * <p>A start runs {@link io.tradepit.recovery.Recovery} on the starting thread before any agent
 * runs: commands are applied from the start of the day or from a snapshot on; what the matcher
 * emits is compared with the recorded events and never appended twice. Where the recorded events
 * end, the rest of the log is left to the live matcher, which reads it through a {@link
 * io.tradepit.recovery.CatchUpLog}. While the segment runs a {@link io.tradepit.recovery.Follower}
 * does the same behind the live matcher; its state is what snapshots are made of. Nothing here
 * knows the matcher, Aeron or a command: they come in through the seams of {@code stream}.
 */
package io.tradepit.recovery;
