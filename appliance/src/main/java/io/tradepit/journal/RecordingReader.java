package io.tradepit.journal;

import io.tradepit.stream.LogFailedException;
import java.io.File;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads frames straight from the files of a recording, and checks each. It maps one segment file at
 * a time, allocates only when it goes to another one, and belongs to one thread.
 */
final class RecordingReader implements AutoCloseable {
  private final File directory;
  private final RecordingDescription recording;
  private SegmentFile segment;
  private UnsafeBuffer buffer;
  private long segmentBase;
  private int frameOffset;
  private int alignedLength;

  RecordingReader(File directory, RecordingDescription recording) {
    this.directory = directory;
    this.recording = recording;
  }

  /**
   * Goes to the frame that begins at a position.
   *
   * @throws LogFailedException when there is none, or it is damaged
   */
  void moveTo(long position) {
    long base = recording.segmentBasePosition(position);
    if (segment == null || base != segmentBase) {
      map(base);
    }
    frameOffset = (int) (position - base);
    String defect =
        RecordedFrames.defect(
            recording, buffer, frameOffset, buffer.capacity() - frameOffset, position);
    if (defect != null) {
      throw new LogFailedException(
          "recording is damaged: recordingId="
              + recording.recordingId()
              + " position="
              + position
              + " defect="
              + defect
              + " file="
              + segment.file());
    }
    alignedLength = RecordedFrames.alignedLength(buffer, frameOffset);
  }

  private void map(long base) {
    close();
    segment =
        new SegmentFile(
            new File(directory, recording.segmentFileName(base)), recording.segmentFileLength());
    buffer = segment.buffer();
    segmentBase = base;
  }

  boolean isPadding() {
    return RecordedFrames.isPadding(buffer, frameOffset);
  }

  DirectBuffer buffer() {
    return buffer;
  }

  int payloadOffset() {
    return frameOffset + RecordedFrames.HEADER_LENGTH;
  }

  int payloadLength() {
    return RecordedFrames.payloadLength(buffer, frameOffset);
  }

  /** Length of the whole frame: the next one begins behind it. */
  int alignedLength() {
    return alignedLength;
  }

  @Override
  public void close() {
    if (segment != null) {
      segment.close();
      segment = null;
    }
  }
}
