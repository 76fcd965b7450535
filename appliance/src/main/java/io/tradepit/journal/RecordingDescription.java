package io.tradepit.journal;

/**
 * A recording as the archive's catalog has it. Positions and lengths are in bytes; the stop
 * position is that of the last stop, or {@code AeronArchive.NULL_POSITION} when it was not stopped.
 */
record RecordingDescription(
    long recordingId,
    int streamId,
    long startPosition,
    long stopPosition,
    int initialTermId,
    int segmentFileLength,
    int termLength,
    int mtuLength,
    String channel) {

  /** The position where the segment file with this position begins. */
  long segmentBasePosition(long position) {
    long startTermBase = startPosition - (startPosition & (termLength - 1));
    return startTermBase + ((position - startTermBase) & -(long) segmentFileLength);
  }

  String segmentFileName(long basePosition) {
    return recordingId + "-" + basePosition + ".rec";
  }
}
