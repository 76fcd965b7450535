package io.tradepit.journal;

import io.aeron.logbuffer.FrameDescriptor;
import io.tradepit.stream.LogFailedException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the end of a recording that nobody stopped, and mends it before the archive opens it.
 *
 * <p>A process that is killed leaves whole frames and then, at most, one frame that was written in
 * part, whole pages of it; behind that the file is zeros. Such a frame was never released and is
 * cut off. Anything else is damage: it is named and left as it is, since cutting it could lose what
 * was released.
 */
final class SegmentTail {
  private static final int PAGE = 4096;
  private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private final RecordingDescription recording;
  private final File file;
  private final long basePosition;

  private SegmentTail(RecordingDescription recording, File file, long basePosition) {
    this.recording = recording;
    this.file = file;
    this.basePosition = basePosition;
  }

  /**
   * Where a recording ends.
   *
   * @param position behind its last whole frame
   * @param isTorn whether a frame that was written in part stands behind it
   */
  record End(long position, boolean isTorn) {}

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
    return of(directory, recording, base).mend();
  }

  /**
   * Looks where a recording ends, and changes nothing; it may be extended meanwhile.
   *
   * @param patienceNs how long a frame that is not whole may be on its way; 0 for a recording that
   *     nobody extends
   * @throws LogFailedException when the last segment file is damaged
   */
  static End look(File directory, RecordingDescription recording, long patienceNs) {
    long base = lastSegmentBase(directory, recording);
    if (base < 0) {
      return new End(recording.startPosition(), false);
    }
    return of(directory, recording, base).look(patienceNs);
  }

  private static SegmentTail of(File directory, RecordingDescription recording, long base) {
    return new SegmentTail(recording, new File(directory, recording.segmentFileName(base)), base);
  }

  /** Of the last file with a frame: files that were made ahead of it are all zeros. */
  private static long lastSegmentBase(File directory, RecordingDescription recording) {
    String prefix = recording.recordingId() + "-";
    String[] names =
        directory.list((dir, name) -> name.startsWith(prefix) && name.endsWith(".rec"));
    long[] bases =
        Arrays.stream(names == null ? new String[0] : names)
            .mapToLong(name -> Long.parseLong(name, prefix.length(), name.length() - 4, 10))
            .sorted()
            .toArray();
    int last = bases.length - 1;
    while (last > 0 && isUnused(directory, recording, bases[last])) {
      last--;
    }
    return last < 0 ? -1 : bases[last];
  }

  private static boolean isUnused(File directory, RecordingDescription recording, long base) {
    File file = new File(directory, recording.segmentFileName(base));
    if (file.length() == 0) {
      return true;
    }
    try (SegmentFile segment = new SegmentFile(file, recording.segmentFileLength())) {
      UnsafeBuffer buffer = segment.buffer();
      boolean begins = buffer.capacity() >= Integer.BYTES && buffer.getInt(0) != 0;
      return !begins && isZero(buffer, 0);
    }
  }

  private End look(long patienceNs) {
    try (SegmentFile segment = new SegmentFile(file, recording.segmentFileLength())) {
      UnsafeBuffer buffer = segment.buffer();
      int end = endOfWholeFrames(buffer, firstOffset());
      boolean isTorn = isTorn(buffer, end);
      long deadlineNs = System.nanoTime() + patienceNs;
      while (isTorn && System.nanoTime() - deadlineNs < 0) {
        LockSupport.parkNanos(LOOK_INTERVAL_NS);
        int next = endOfWholeFrames(buffer, end);
        if (next > end) {
          // What stands behind an end that moves is being written.
          return new End(basePosition + next, false);
        }
        isTorn = isTorn(buffer, end);
      }
      if (isTorn) {
        requireOnlyTornFrame(buffer, end);
      }
      return new End(basePosition + end, isTorn);
    }
  }

  /**
   * A frame whose length is damaged may claim to go on where nothing was written. Its CRC tells it
   * from one that was written in part.
   */
  private static boolean isWholeButForItsLength(UnsafeBuffer buffer, int offset) {
    int most = Math.min(buffer.capacity() - offset, ArchiveHost.MTU_LENGTH);
    int length = RecordedFrames.HEADER_LENGTH + FrameDescriptor.FRAME_ALIGNMENT;
    while (length <= most && !RecordedFrames.isCrcRight(buffer, offset, length)) {
      length += FrameDescriptor.FRAME_ALIGNMENT;
    }
    return length <= most;
  }

  private static boolean isTorn(UnsafeBuffer buffer, int end) {
    return end < buffer.capacity() && !isZero(buffer, end);
  }

  private long mend() {
    int end;
    boolean whole;
    try (SegmentFile segment = new SegmentFile(file, recording.segmentFileLength())) {
      end = endOfWholeFrames(segment.buffer(), firstOffset());
      whole = segment.buffer().capacity() == recording.segmentFileLength();
      requireOnlyTornFrame(segment.buffer(), end);
      whole &= end == segment.buffer().capacity() || isZero(segment.buffer(), end);
    }
    if (!whole) {
      cut(end);
    }
    return basePosition + end;
  }

  private int firstOffset() {
    return (int) Math.max(0, recording.startPosition() - basePosition);
  }

  private int endOfWholeFrames(UnsafeBuffer buffer, int from) {
    int offset = from;
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
    if (!isTorn(buffer, end)) {
      return;
    }
    // The first page boundary behind the last byte that is there: a page is written or it is not.
    int written = lastNonZero(buffer, end) + 1;
    int tornAt = (written + PAGE - 1) / PAGE * PAGE;
    int frameEnd =
        capacity - end < Integer.BYTES ? capacity : end + RecordedFrames.alignedLength(buffer, end);
    boolean fileIsShort = capacity < recording.segmentFileLength() && frameEnd >= capacity;
    boolean pageIsMissing = tornAt < frameEnd && tornAt > end;
    boolean mayBeTorn = fileIsShort || pageIsMissing;
    if (!mayBeTorn || isWholeButForItsLength(buffer, end)) {
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

  static boolean isZero(UnsafeBuffer buffer, int from) {
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
