package io.tradepit.journal;

import io.tradepit.stream.EventHistory;
import io.tradepit.stream.LogHistory;
import java.io.File;

/**
 * The files of one recording, read-only, up to where it ended when they were looked at. Immutable;
 * each reader that it gives belongs to one thread.
 */
public final class RecordedFiles {
  private static final long NONE = -1;

  private final File directory;
  private final RecordingDescription recording;
  private final long endPosition;
  private final boolean isStopped;
  private final boolean isTorn;

  RecordedFiles(
      File directory,
      RecordingDescription recording,
      long endPosition,
      boolean isStopped,
      boolean isTorn) {
    this.directory = directory;
    this.recording = recording;
    this.endPosition = endPosition;
    this.isStopped = isStopped;
    this.isTorn = isTorn;
  }

  /** In place of a recording that is not there. */
  static RecordedFiles none(File directory) {
    int length = 1 << 20;
    RecordingDescription nothing =
        new RecordingDescription(NONE, 0, 0, 0, 0, length, length, length, "");
    return new RecordedFiles(directory, nothing, 0, true, false);
  }

  /** The archive's number of the recording; -1 when there is none. */
  public long recordingId() {
    return recording.recordingId();
  }

  /** Where its first frame begins. */
  public long startPosition() {
    return recording.startPosition();
  }

  /** Where its last whole frame ends. */
  public long endPosition() {
    return endPosition;
  }

  /** Bytes of frames, headers and padding included. */
  public long lengthBytes() {
    return endPosition - recording.startPosition();
  }

  /** Whether it was ended in order; else a segment extends it, or was killed. */
  public boolean isStopped() {
    return isStopped;
  }

  /**
   * Whether a frame that was written in part stands behind the end: what a killed process leaves.
   * It was never released, and the next start cuts it off.
   */
  public boolean isTorn() {
    return isTorn;
  }

  /** Files that hold its frames. */
  public int count() {
    if (lengthBytes() == 0) {
      return 0;
    }
    long first = recording.segmentBasePosition(startPosition());
    long last = recording.segmentBasePosition(endPosition - 1);
    return (int) ((last - first) / recording.segmentFileLength()) + 1;
  }

  /** The position that the file behind that of a position begins with. */
  public long nextFilePosition(long position) {
    return recording.segmentBasePosition(position) + recording.segmentFileLength();
  }

  /** Where a position is in its file, bytes. */
  public long offsetInFile(long position) {
    return position - recording.segmentBasePosition(position);
  }

  /** The file with a position. */
  public File file(long position) {
    return new File(directory, recording.segmentFileName(recording.segmentBasePosition(position)));
  }

  /** Its frames as a log's. */
  public LogHistory newLogHistory() {
    return new RecordedLog(newReader(), startPosition(), this::endPosition);
  }

  /** Its frames as those of an event stream. */
  public EventHistory newEventHistory() {
    return new RecordedHistory(newReader(), startPosition(), this::endPosition);
  }

  private RecordingReader newReader() {
    return new RecordingReader(directory, recording);
  }
}
