package io.tradepit.recovery;

/**
 * What a recovery did.
 *
 * @param commands applied
 * @param framesCompared recorded event frames that were found equal
 * @param logPosition where the live matcher reads on in the recorded log
 * @param commandComplete false when the last command has steps left, which the live matcher takes
 *     first
 * @param durationNs of the replay
 */
public record RecoveryResult(
    long commands,
    long framesCompared,
    long logPosition,
    boolean commandComplete,
    long durationNs) {}
