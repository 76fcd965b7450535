package io.tradepit.journal;

/**
 * One recorded day.
 *
 * @param number from 1, as in the archive
 * @param isRunning whether a segment extends it
 * @param log of its commands
 * @param events what happened
 */
public record RecordedDayFiles(
    int number, boolean isRunning, RecordedFiles log, RecordedFiles events) {}
