/**
 * The matcher: a pure, deterministic function of the log.
 *
 * <p>One thread drives {@link io.tradepit.matching.Matcher}. State lives in raw memory that is
 * handed in; nothing is allocated after construction. Sequence and time are arguments. The rules
 * stand in RULES.md and in {@code rules}; {@code book} and {@code session} keep what they act on,
 * {@code state} is the memory under all of them. {@link io.tradepit.matching.SnapshotWriter} and
 * {@link io.tradepit.matching.SnapshotLoader} carry the state elsewhere as messages. This package
 * must never depend on a clock, I/O, randomness, native code or another station: {@code
 * protocol.sbe} and Agrona's buffers only.
 */
package io.tradepit.matching;
