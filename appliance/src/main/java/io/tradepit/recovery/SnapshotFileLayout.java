package io.tradepit.recovery;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Byte layout of a snapshot file; numbers are little-endian.
 *
 * <pre>
 *   0      8      12     16          24      32     36      40
 *   +------+------+------+-----------+-------+------+-------+-------------------------------+
 *   |magic |header|body  |body length|history|day   |format |log recording, event recording,|
 *   |      |CRC   |CRC   |           |length |      |       |sequence, time, log position,  |
 *   |      |      |      |           |       |      |       |events position, last frame and|
 *   |      |      |      |           |       |      |       |its CRC, log hash, state hash  |
 *   +------+------+------+-----------+-------+------+-------+-------------------------------+
 *   128 history, padded to 8 | messages, each: length (8 bytes), message padded to 8
 * </pre>
 *
 * The header's CRC-32C is of bytes 12 to 127, the body's of all from 128 on.
 */
final class SnapshotFileLayout {
  static final long MAGIC = 0x3130504E53545054L; // "TPTSNP01"
  static final int FORMAT = 2;
  static final int HEADER_LENGTH = 128;
  static final int MAGIC_OFFSET = 0;
  static final int HEADER_CRC_OFFSET = 8;
  static final int BODY_CRC_OFFSET = 12;
  static final int BODY_LENGTH_OFFSET = 16;
  static final int HISTORY_LENGTH_OFFSET = 24;
  static final int DAY_OFFSET = 32;
  static final int FORMAT_OFFSET = 36;
  static final int MOMENT_OFFSET = 40;

  /** Before each message. */
  static final int LENGTH_LENGTH = BitUtil.SIZE_OF_LONG;

  private SnapshotFileLayout() {}

  static void put(MutableDirectBuffer buffer, SnapshotHeader header) {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    buffer.putLong(MAGIC_OFFSET, MAGIC, order);
    buffer.putInt(DAY_OFFSET, header.day(), order);
    buffer.putInt(FORMAT_OFFSET, FORMAT, order);
    long[] moment = {
      header.logRecordingId(),
      header.eventRecordingId(),
      header.sequence(),
      header.timeNs(),
      header.logPosition(),
      header.eventsPosition(),
      header.lastFramePosition(),
      header.lastFrameCrc(),
      header.logHash(),
      header.stateHash()
    };
    for (int i = 0; i < moment.length; i++) {
      buffer.putLong(MOMENT_OFFSET + i * BitUtil.SIZE_OF_LONG, moment[i], order);
    }
  }

  static SnapshotHeader get(DirectBuffer buffer) {
    return new SnapshotHeader(
        buffer.getInt(DAY_OFFSET, ByteOrder.LITTLE_ENDIAN),
        moment(buffer, 0),
        moment(buffer, 1),
        moment(buffer, 2),
        moment(buffer, 3),
        moment(buffer, 4),
        moment(buffer, 5),
        moment(buffer, 6),
        moment(buffer, 7),
        moment(buffer, 8),
        moment(buffer, 9));
  }

  private static long moment(DirectBuffer buffer, int field) {
    return buffer.getLong(MOMENT_OFFSET + field * BitUtil.SIZE_OF_LONG, ByteOrder.LITTLE_ENDIAN);
  }
}
