package io.tradepit.recovery;

/**
 * What a recovery did.
 *
 * @param commands applied
 * @param framesCompared recorded event frames that were found equal
 * @param lastCommandPosition where the last command applied begins in the recorded log: it may wait
 *     behind timers and not have left its numbers in the state yet
 * @param logPosition where the live matcher reads on in the recorded log
 * @param commandComplete false when the last command has steps left, which the live matcher takes
 *     first
 * @param appended true when the last step's events were not recorded and were appended now
 * @param durationNs of the replay
 */
public record RecoveryResult(
    long commands,
    long framesCompared,
    long lastCommandPosition,
    long logPosition,
    boolean commandComplete,
    boolean appended,
    long durationNs) {}
