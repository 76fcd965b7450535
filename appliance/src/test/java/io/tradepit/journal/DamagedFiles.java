package io.tradepit.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The files of a recording in a directory in memory, damaged and made whole again and again. */
final class DamagedFiles {
  private final Path directory;
  private final RecordingDescription recording;
  private final List<byte[]> whole;

  DamagedFiles(Path directory, RecordingDescription recording, List<byte[]> whole) {
    this.directory = directory;
    this.recording = recording;
    this.whole = whole;
  }

  private Path path(int file) {
    return directory.resolve(
        recording.segmentFileName((long) file * recording.segmentFileLength()));
  }

  /** As the archive left them. */
  void restore() throws IOException {
    for (int file = 0; file < whole.size(); file++) {
      Files.write(path(file), whole.get(file));
    }
  }

  /** Cut at a position: the file with it ends there, those behind it are gone. */
  void cut(long position) throws IOException {
    for (int file = 0; file < whole.size(); file++) {
      long base = (long) file * recording.segmentFileLength();
      if (base < position || file == 0) {
        int length = (int) Math.min(whole.get(file).length, position - base);
        Files.write(path(file), Arrays.copyOf(whole.get(file), length));
      } else {
        Files.deleteIfExists(path(file));
      }
    }
  }

  /** Flips a bit, or flips it back. */
  void flip(long bit) throws IOException {
    long at = bit / Byte.SIZE;
    int file = (int) (at / recording.segmentFileLength());
    int offset = (int) (at % recording.segmentFileLength());
    try (RandomAccessFile bytes = new RandomAccessFile(path(file).toFile(), "rw")) {
      bytes.seek(offset);
      int value = bytes.read();
      bytes.seek(offset);
      bytes.write(value ^ 1 << bit % Byte.SIZE);
    }
  }
}
