package io.tradepit.recovery;

/**
 * Which moment a snapshot is of. Positions are of the day's recordings; the state is that behind
 * the command with the sequence number, between two commands.
 *
 * @param day number of the day among the days of the archive, from 1
 * @param logRecordingId and {@code eventRecordingId}: the archive's numbers of the day's recordings
 * @param sequence of the last command applied, 0 = none
 * @param timeNs of that command, since the Unix epoch
 * @param logPosition behind that command in the log
 * @param eventsPosition behind its events in the event stream
 * @param lastFramePosition where the last event frame before it begins, -1 = there is none
 * @param lastFrameCrc the CRC-32C of that frame: it tells this day's events from those of another
 * @param logHash the running hash of the log up to that command
 * @param stateHash of the state
 */
public record SnapshotHeader(
    int day,
    long logRecordingId,
    long eventRecordingId,
    long sequence,
    long timeNs,
    long logPosition,
    long eventsPosition,
    long lastFramePosition,
    long lastFrameCrc,
    long logHash,
    long stateHash) {}
