package io.tradepit.journal;

import io.tradepit.stream.LogFailedException;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One file of a recording, mapped read-only. It may be mapped while the archive appends to it: the
 * archive sets its full length before it writes the first frame.
 */
final class SegmentFile implements AutoCloseable {
  private final File file;
  private final Arena arena = Arena.ofShared();
  private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

  SegmentFile(File file, int maxLength) {
    this.file = file;
    try (FileChannel channel = FileChannel.open(file.toPath(), StandardOpenOption.READ)) {
      long length = Math.min(channel.size(), maxLength);
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
      buffer.wrap(bytes.address(), (int) length);
    } catch (IOException e) {
      arena.close();
      throw new LogFailedException("segment file can't be read: file=" + file, e);
    }
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  File file() {
    return file;
  }

  @Override
  public void close() {
    buffer.wrap(0, 0);
    arena.close();
  }
}
