package io.tradepit.recovery;

/**
 * What a recovery did.
 *
 * @param commands applied
 * @param framesCompared recorded event frames that were found equal
 * @param logPosition where the live matcher reads on in the recorded log
 * @param commandComplete false when the last command has steps left, which the live matcher takes
 *     first
 * @param appended true when the last step's events were not recorded and were appended now
 * @param durationNs of the replay
 */
public record RecoveryResult(
    long commands,
    long framesCompared,
    long logPosition,
    boolean commandComplete,
    boolean appended,
    long durationNs) {}
