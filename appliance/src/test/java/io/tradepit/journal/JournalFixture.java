package io.tradepit.journal;

import io.tradepit.stream.Log;
import io.tradepit.stream.LogFrame;
import java.io.File;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Journals in temporary directories, and frames whose bytes follow from their number. */
final class JournalFixture {
  static final int MAX_LENGTH = 256;

  private JournalFixture() {}

  static JournalContext context(Path archive) {
    return new JournalContext()
        .aeronDirectory(new File("/dev/shm/tp-test-" + UUID.randomUUID()))
        .archiveDirectory(archive.toFile())
        .durability(Durability.RECORDED)
        .logTermLength(1 << 20)
        .eventTermLength(1 << 20)
        .segmentFileLength(1 << 20)
        .errorHandler(error -> {});
  }

  static int fill(UnsafeBuffer buffer, long number) {
    int length = 48 + (int) (number * 37 % 160);
    for (int i = 0; i < length; i++) {
      buffer.putByte(i, (byte) (number * 31 + i * 7L));
    }
    buffer.putLong(0, number);
    return length;
  }

  static byte[] bytes(long number) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
    return copy(buffer, 0, fill(buffer, number));
  }

  static byte[] copy(DirectBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    return bytes;
  }

  /** Offers a frame with this number; its time is 1000 times the number. */
  static long offer(Log log, long number) {
    UnsafeBuffer header = new UnsafeBuffer(new byte[LogFrame.HEADER_LENGTH]);
    UnsafeBuffer body = new UnsafeBuffer(new byte[MAX_LENGTH]);
    header.putLong(LogFrame.SEQUENCE_OFFSET, number);
    header.putLong(LogFrame.TIME_NS_OFFSET, number * 1000);
    return log.offer(header, 0, header.capacity(), body, 0, fill(body, number));
  }

  static byte[] logFrame(long number) {
    byte[] body = bytes(number);
    UnsafeBuffer frame = new UnsafeBuffer(new byte[LogFrame.HEADER_LENGTH + body.length]);
    frame.putLong(LogFrame.SEQUENCE_OFFSET, number);
    frame.putLong(LogFrame.TIME_NS_OFFSET, number * 1000);
    frame.putBytes(LogFrame.HEADER_LENGTH, body);
    return frame.byteArray();
  }

  static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      YieldingIdleStrategy.INSTANCE.idle();
    }
  }

  static void awaitReleased(Log log) {
    await(() -> log.releasePosition() == log.offeredPosition());
  }
}
