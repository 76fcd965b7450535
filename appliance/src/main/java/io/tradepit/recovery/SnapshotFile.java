package io.tradepit.recovery;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A snapshot file, mapped read-only; its checksums were found right when it was opened. One thread.
 */
public final class SnapshotFile implements AutoCloseable {
  /** Takes what a file holds. */
  @FunctionalInterface
  public interface MessageHandler {
    /**
     * @param buffer read-only; valid until the file is closed
     */
    void onMessage(DirectBuffer buffer, int offset, int length);
  }

  private static final int SLICE_BYTES = 1 << 26;

  private final Path path;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment bytes;
  private final SnapshotHeader header;
  private final long historyLength;

  /**
   * Maps a file and checks it.
   *
   * @throws SnapshotDamagedException when it is not a whole snapshot file, which names the defect
   */
  public static SnapshotFile open(Path path) {
    return new SnapshotFile(path);
  }

  private SnapshotFile(Path path) {
    this.path = path;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      header = checkedHeader();
      historyLength = long64(SnapshotFileLayout.HISTORY_LENGTH_OFFSET);
      checkBody();
    } catch (IOException | InternalError e) { // the latter is a page that the disk does not give
      arena.close();
      throw new SnapshotDamagedException("snapshot=" + path + " defect=" + e.getMessage(), e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private SnapshotHeader checkedHeader() {
    require(bytes.byteSize() >= SnapshotFileLayout.HEADER_LENGTH, "file ends in its header");
    ByteBuffer head = bytes.asSlice(0, SnapshotFileLayout.HEADER_LENGTH).asByteBuffer();
    UnsafeBuffer view = new UnsafeBuffer(head);
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    require(
        view.getLong(SnapshotFileLayout.MAGIC_OFFSET, order) == SnapshotFileLayout.MAGIC,
        "no snapshot file");
    require(
        view.getInt(SnapshotFileLayout.HEADER_CRC_OFFSET, order)
            == SnapshotFileWriter.headerCrc(head),
        "header CRC differs");
    int format = view.getInt(SnapshotFileLayout.FORMAT_OFFSET, order);
    require(
        format == SnapshotFileLayout.FORMAT,
        "format=" + format + " here=" + SnapshotFileLayout.FORMAT);
    return SnapshotFileLayout.get(view);
  }

  private void checkBody() {
    long length = long64(SnapshotFileLayout.BODY_LENGTH_OFFSET);
    long here = bytes.byteSize() - SnapshotFileLayout.HEADER_LENGTH;
    require(length == here, "bodyLength=" + here + " written=" + length);
    require(historyLength >= 0 && historyLength <= length, "historyLength=" + historyLength);
    CRC32C crc = new CRC32C();
    for (long at = 0; at < length; at += SLICE_BYTES) {
      long slice = Math.min(SLICE_BYTES, length - at);
      crc.update(bytes.asSlice(SnapshotFileLayout.HEADER_LENGTH + at, slice).asByteBuffer());
    }
    int written = bytes.get(ValueLayout.JAVA_INT, SnapshotFileLayout.BODY_CRC_OFFSET);
    require((int) crc.getValue() == written, "body CRC differs");
  }

  private long long64(int offset) {
    return bytes.get(ValueLayout.JAVA_LONG, offset);
  }

  private void require(boolean holds, String defect) {
    if (!holds) {
      throw new SnapshotDamagedException("snapshot=" + path + " defect=" + defect);
    }
  }

  public Path path() {
    return path;
  }

  public SnapshotHeader header() {
    return header;
  }

  /** Length of the file, bytes. */
  public long length() {
    return bytes.byteSize();
  }

  /** Hands over what history had told; nothing when there is none. */
  public void history(MessageHandler handler) {
    if (historyLength > 0) {
      long at = bytes.address() + SnapshotFileLayout.HEADER_LENGTH;
      handler.onMessage(new UnsafeBuffer(at, (int) historyLength), 0, (int) historyLength);
    }
  }

  /**
   * Hands over the messages, in order.
   *
   * @throws SnapshotDamagedException when one does not fit into the file
   */
  public void messages(MessageHandler handler) {
    UnsafeBuffer message = new UnsafeBuffer(0, 0);
    long at = SnapshotFileLayout.HEADER_LENGTH + aligned(historyLength);
    while (at < bytes.byteSize()) {
      long length = bytes.get(ValueLayout.JAVA_LONG, at);
      at += SnapshotFileLayout.LENGTH_LENGTH;
      require(length > 0 && length <= bytes.byteSize() - at, "messageLength=" + length);
      message.wrap(bytes.address() + at, (int) length);
      handler.onMessage(message, 0, (int) length);
      at += aligned(length);
    }
  }

  private static long aligned(long length) {
    return BitUtil.align(length, BitUtil.SIZE_OF_LONG);
  }

  /** Unmaps; nothing that was handed over may be used any more. */
  @Override
  public void close() {
    arena.close();
  }
}
