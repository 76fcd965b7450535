package io.tradepit.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes one snapshot file: under another name until it is whole and on the disk. One thread.
 *
 * <p>The history comes first, then the messages, then {@link #commit}; {@link #close} without it
 * removes what was written.
 */
public final class SnapshotFileWriter implements AutoCloseable {
  /** Of the buffer that a writer is given. */
  public static final int BUFFER_BYTES = 1 << 20;

  private static final String UNFINISHED = ".new";

  private final Path file;
  private final Path unfinished;
  private final FileChannel channel;
  private final ByteBuffer bytes;
  private final UnsafeBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private long historyLength;
  private long bodyLength;
  private boolean isCommitted;

  /**
   * Begins a file; one of the same name is replaced by {@link #commit}.
   *
   * @param memory direct, of {@link #BUFFER_BYTES}; for this writer until it is closed
   * @throws IOException when the directory can't be made or written
   */
  public SnapshotFileWriter(Path file, ByteBuffer memory) throws IOException {
    this.file = file;
    bytes = memory.clear().order(ByteOrder.LITTLE_ENDIAN);
    buffer = new UnsafeBuffer(bytes);
    unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.createDirectories(file.getParent());
    channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    channel.position(SnapshotFileLayout.HEADER_LENGTH);
  }

  /** Writes what history has told so far, of any length; once, before the first message. */
  public void history(DirectBuffer source, int offset, int length) throws IOException {
    historyLength = length;
    append(source, offset, length);
  }

  /** Writes the next message. */
  public void message(DirectBuffer source, int offset, int length) throws IOException {
    makeRoom(SnapshotFileLayout.LENGTH_LENGTH);
    bytes.putLong(length);
    append(source, offset, length);
  }

  private void append(DirectBuffer source, int offset, int length) throws IOException {
    int taken = 0;
    while (taken < length) {
      makeRoom(1);
      int next = Math.min(length - taken, bytes.remaining());
      buffer.putBytes(bytes.position(), source, offset + taken, next);
      bytes.position(bytes.position() + next);
      taken += next;
    }
    pad(BitUtil.align(length, BitUtil.SIZE_OF_LONG) - length);
  }

  private void pad(int length) throws IOException {
    for (int i = 0; i < length; i++) {
      makeRoom(1);
      bytes.put((byte) 0);
    }
  }

  private void makeRoom(int length) throws IOException {
    if (bytes.remaining() < length) {
      flush();
    }
  }

  private void flush() throws IOException {
    bytes.flip();
    bodyLength += bytes.remaining();
    crc.update(bytes.duplicate());
    writeAll(bytes, channel.position());
    channel.position(channel.position() + bytes.limit());
    bytes.clear();
  }

  private void writeAll(ByteBuffer source, long at) throws IOException {
    long position = at;
    while (source.hasRemaining()) {
      position += channel.write(source, position);
    }
  }

  /**
   * Writes the header, has the disk confirm it all, and gives the file its name.
   *
   * @return its length, bytes
   */
  public long commit(SnapshotHeader header) throws IOException {
    flush();
    ByteBuffer head = header(header);
    writeAll(head, 0);
    channel.force(true);
    channel.close();
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    isCommitted = true;
    force(file.getParent());
    return SnapshotFileLayout.HEADER_LENGTH + bodyLength;
  }

  private ByteBuffer header(SnapshotHeader header) {
    ByteBuffer head = bytes.slice(0, SnapshotFileLayout.HEADER_LENGTH);
    UnsafeBuffer view = new UnsafeBuffer(head);
    view.setMemory(0, SnapshotFileLayout.HEADER_LENGTH, (byte) 0);
    SnapshotFileLayout.put(view, header);
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    view.putInt(SnapshotFileLayout.BODY_CRC_OFFSET, (int) crc.getValue(), order);
    view.putLong(SnapshotFileLayout.BODY_LENGTH_OFFSET, bodyLength, order);
    view.putLong(SnapshotFileLayout.HISTORY_LENGTH_OFFSET, historyLength, order);
    view.putInt(SnapshotFileLayout.HEADER_CRC_OFFSET, headerCrc(head), order);
    return head;
  }

  static int headerCrc(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(
        header
            .duplicate()
            .position(SnapshotFileLayout.BODY_CRC_OFFSET)
            .limit(SnapshotFileLayout.HEADER_LENGTH));
    return (int) crc.getValue();
  }

  // The name is on the disk when its directory is.
  private static void force(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!isCommitted) {
      Files.deleteIfExists(unfinished);
    }
  }
}
