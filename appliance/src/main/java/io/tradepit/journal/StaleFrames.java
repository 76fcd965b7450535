package io.tradepit.journal;

import io.tradepit.stream.LogFailedException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * What lies behind the end of a recording that was stopped. A write or a flush that failed leaves
 * frames there that were never released. They are cleared before the recording goes on: as long as
 * they stood in the file, a later kill could bring them back as if they were recorded, or look like
 * damage.
 */
final class StaleFrames {
  private StaleFrames() {}

  /**
   * Clears them, in the file with the end and in those behind it.
   *
   * @throws LogFailedException when a file can't be cleared
   */
  static void clear(File directory, RecordingDescription recording) {
    long stop = recording.stopPosition();
    long base = recording.segmentBasePosition(stop);
    String prefix = recording.recordingId() + "-";
    String[] names =
        directory.list((dir, name) -> name.startsWith(prefix) && name.endsWith(".rec"));
    for (String name : names == null ? new String[0] : names) {
      if (Long.parseLong(name, prefix.length(), name.length() - 4, 10) > base) {
        delete(new File(directory, name));
      }
    }
    File last = new File(directory, recording.segmentFileName(base));
    if (last.exists() && hasBytes(last, recording, (int) (stop - base))) {
      cut(last, stop - base, recording.segmentFileLength());
    }
  }

  private static boolean hasBytes(File file, RecordingDescription recording, int from) {
    try (SegmentFile segment = new SegmentFile(file, recording.segmentFileLength())) {
      return from < segment.buffer().capacity() && !SegmentTail.isZero(segment.buffer(), from);
    }
  }

  private static void cut(File file, long end, int fullLength) {
    try (RandomAccessFile bytes = new RandomAccessFile(file, "rw")) {
      bytes.setLength(end);
      bytes.setLength(fullLength);
      bytes.getChannel().force(true);
    } catch (IOException e) {
      throw new LogFailedException("segment file can't be cleared: file=" + file, e);
    }
  }

  private static void delete(File file) {
    if (!file.delete()) {
      throw new LogFailedException("segment file can't be deleted: file=" + file);
    }
  }
}
