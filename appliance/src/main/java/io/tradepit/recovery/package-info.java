/**
 * Turns the recorded log back into the same state and the same events.
 *
 * <p>Runs on the starting thread before any agent runs. Commands are applied from the start of the
 * day; what the matcher emits is compared with the recorded events and never appended twice. Where
 * the recorded events end, the rest of the log is left to the live matcher, which reads it through
 * a {@link io.tradepit.recovery.CatchUpLog}. Nothing here knows the matcher, Aeron or a file: they
 * come in through the seams of {@code stream}.
 */
package io.tradepit.recovery;
