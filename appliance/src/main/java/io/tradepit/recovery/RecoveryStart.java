package io.tradepit.recovery;

/**
 * What a matcher has applied before a recovery.
 *
 * @param logPosition where the first command that it has not applied begins in the recorded log
 * @param eventsPosition where the first events that it has not emitted begin in the recorded events
 */
public record RecoveryStart(long logPosition, long eventsPosition) {}
