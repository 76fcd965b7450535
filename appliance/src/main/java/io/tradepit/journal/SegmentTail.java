package io.tradepit.journal;

import io.tradepit.stream.LogFailedException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Mends the end of a recording whose process died, before the archive opens it.
 *
 * <p>A process that is killed leaves whole frames and then, at most, one frame that was written in
 * part, whole pages of it; behind that the file is zeros. Such a frame was never released and is
 * cut off. Anything else is damage: it is named and left as it is, since cutting it could lose what
 * was released.
 */
final class SegmentTail {
  private static final int PAGE = 4096;

  private final RecordingDescription recording;
  private final File file;
  private final long basePosition;

  private SegmentTail(RecordingDescription recording, File file, long basePosition) {
    this.recording = recording;
    this.file = file;
    this.basePosition = basePosition;
  }

  /**
   * Cuts off a frame that was written in part.
   *
   * @return the position where the recording ends
   * @throws LogFailedException when the last segment file is damaged
   */
  static long mend(File directory, RecordingDescription recording) {
    long base = lastSegmentBase(directory, recording);
    if (base < 0) {
      return recording.startPosition();
    }
    return new SegmentTail(recording, new File(directory, recording.segmentFileName(base)), base)
        .mend();
  }

  private static long lastSegmentBase(File directory, RecordingDescription recording) {
    String prefix = recording.recordingId() + "-";
    String[] names =
        directory.list((dir, name) -> name.startsWith(prefix) && name.endsWith(".rec"));
    long last = -1;
    for (String name : names == null ? new String[0] : names) {
      last = Math.max(last, Long.parseLong(name, prefix.length(), name.length() - 4, 10));
    }
    return last;
  }

  private long mend() {
    int end;
    boolean whole;
    try (SegmentFile segment = new SegmentFile(file, recording.segmentFileLength())) {
      end = endOfWholeFrames(segment.buffer());
      whole = segment.buffer().capacity() == recording.segmentFileLength();
      requireOnlyTornFrame(segment.buffer(), end);
      whole &= end == segment.buffer().capacity() || isZero(segment.buffer(), end);
    }
    if (!whole) {
      cut(end);
    }
    return basePosition + end;
  }

  private int endOfWholeFrames(UnsafeBuffer buffer) {
    int offset = (int) Math.max(0, recording.startPosition() - basePosition);
    while (offset < buffer.capacity()) {
      long available = (long) buffer.capacity() - offset;
      if (RecordedFrames.defect(recording, buffer, offset, available, basePosition + offset)
          != null) {
        return offset;
      }
      offset += RecordedFrames.alignedLength(buffer, offset);
    }
    // The last padding frame may reach beyond a file that ends with its header.
    return offset;
  }

  private void requireOnlyTornFrame(UnsafeBuffer buffer, int end) {
    int capacity = buffer.capacity();
    if (end >= capacity || isZero(buffer, end)) {
      return;
    }
    // The first page boundary behind the last byte that is there: a page is written or it is not.
    int written = lastNonZero(buffer, end) + 1;
    int tornAt = (written + PAGE - 1) / PAGE * PAGE;
    int frameEnd =
        capacity - end < Integer.BYTES ? capacity : end + RecordedFrames.alignedLength(buffer, end);
    boolean fileIsShort = capacity < recording.segmentFileLength() && frameEnd >= capacity;
    boolean pageIsMissing = tornAt < frameEnd && tornAt > end;
    if (!fileIsShort && !pageIsMissing) {
      throw new LogFailedException(
          "recording is damaged at its end: recordingId="
              + recording.recordingId()
              + " position="
              + (basePosition + end)
              + " defect="
              + RecordedFrames.defect(recording, buffer, end, capacity - end, basePosition + end)
              + " file="
              + file);
    }
  }

  private static boolean isZero(UnsafeBuffer buffer, int from) {
    return lastNonZero(buffer, from) < from;
  }

  /** Offset of the last byte from an offset on that is not zero, or less. */
  private static int lastNonZero(UnsafeBuffer buffer, int from) {
    int offset = buffer.capacity();
    while (offset - Long.BYTES >= from && buffer.getLong(offset - Long.BYTES) == 0) {
      offset -= Long.BYTES;
    }
    while (offset > from && buffer.getByte(offset - 1) == 0) {
      offset--;
    }
    return offset - 1;
  }

  private void cut(int end) {
    try (RandomAccessFile bytes = new RandomAccessFile(file, "rw")) {
      if (end < bytes.length()) {
        bytes.setLength(end);
      }
      bytes.setLength(recording.segmentFileLength());
      bytes.getChannel().force(true);
    } catch (IOException e) {
      throw new LogFailedException("segment file can't be mended: file=" + file, e);
    }
  }
}
