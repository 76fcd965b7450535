package io.tradepit.journal;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.checksum.Crc32c;

/**
 * What a frame in a segment file must look like. The archive keeps Aeron's frame as it was in the
 * live buffer, but for the session id, where it puts the CRC-32C of the payload with its padding
 * (archive's RecordingWriter). Of a padding frame only the header is written.
 *
 * <pre>
 *   0      4       5     6     8           12    16        20      24             32
 *   +------+-------+-----+-----+-----------+-----+---------+-------+--------------+---------+
 *   |length|version|flags|type |term offset|CRC  |stream id|term id|reserved value|payload  |
 *   +------+-------+-----+-----+-----------+-----+---------+-------+--------------+---------+
 * </pre>
 */
final class RecordedFrames {
  static final int HEADER_LENGTH = DataHeaderFlyweight.HEADER_LENGTH;

  private RecordedFrames() {}

  /** The frame's length with its padding, or 0 when there is no frame. */
  static int alignedLength(DirectBuffer buffer, int offset) {
    int length = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    return length <= 0 ? 0 : BitUtil.align(length, FrameDescriptor.FRAME_ALIGNMENT);
  }

  static int payloadLength(DirectBuffer buffer, int offset) {
    return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) - HEADER_LENGTH;
  }

  static boolean isPadding(DirectBuffer buffer, int offset) {
    return type(buffer, offset) == HeaderFlyweight.HDR_TYPE_PAD;
  }

  private static int type(DirectBuffer buffer, int offset) {
    return buffer.getShort(offset + HeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * What is wrong with the frame at a position, or null.
   *
   * @param available bytes of the file from the offset on
   */
  static String defect(
      RecordingDescription recording,
      DirectBuffer buffer,
      int offset,
      long available,
      long position) {
    if (available < HEADER_LENGTH) {
      return "file ends";
    }
    int aligned = alignedLength(buffer, offset);
    if (aligned == 0) {
      return "no frame";
    }
    String header = headerDefect(recording, buffer, offset, aligned, position);
    if (header != null || isPadding(buffer, offset)) {
      return header;
    }
    if (available < aligned) {
      return "file ends";
    }
    return isCrcRight(buffer, offset, aligned) ? null : "CRC differs";
  }

  private static String headerDefect(
      RecordingDescription recording, DirectBuffer buffer, int offset, int aligned, long position) {
    int type = type(buffer, offset);
    int termOffset = (int) (position & (recording.termLength() - 1));
    int termId =
        recording.initialTermId()
            + (int) (position >>> Integer.numberOfTrailingZeros(recording.termLength()));
    if (aligned < HEADER_LENGTH || aligned > recording.termLength() - termOffset) {
      return "frame length is wrong";
    }
    if ((type != HeaderFlyweight.HDR_TYPE_DATA && type != HeaderFlyweight.HDR_TYPE_PAD)
        || buffer.getByte(offset + HeaderFlyweight.VERSION_FIELD_OFFSET)
            != HeaderFlyweight.CURRENT_VERSION
        || buffer.getByte(offset + HeaderFlyweight.FLAGS_FIELD_OFFSET)
            != FrameDescriptor.UNFRAGMENTED) {
      return "frame type is wrong";
    }
    // Only the rest of a term is ever padded: a command must not pass for padding.
    if (type == HeaderFlyweight.HDR_TYPE_PAD && aligned != recording.termLength() - termOffset) {
      return "padding inside a term";
    }
    if (int32(buffer, offset + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET) != termOffset
        || int32(buffer, offset + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET) != termId
        || int32(buffer, offset + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET)
            != recording.streamId()) {
      return "frame is of another position";
    }
    return null;
  }

  /** Whether the CRC of a frame is that of its payload, if it is so long. */
  static boolean isCrcRight(DirectBuffer buffer, int offset, int aligned) {
    int computed =
        Crc32c.INSTANCE.compute(
            buffer.addressOffset(), offset + HEADER_LENGTH, aligned - HEADER_LENGTH);
    return computed == int32(buffer, offset + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET);
  }

  private static int int32(DirectBuffer buffer, int offset) {
    return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
  }
}
