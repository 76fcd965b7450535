package io.tradepit.protocol.mold;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads MoldUDP64 packets and requests, see {@link MoldLayout}; allocates nothing. One thread.
 *
 * <pre>{@code
 * if (decoder.wrap(buffer, 0, length)) {
 *   while (decoder.next()) {
 *     onMessage(decoder.messageSequenceNumber(), decoder.messageOffset(), decoder.messageLength());
 *   }
 * }
 * }</pre>
 */
public final class MoldPacketDecoder {
  private DirectBuffer buffer;
  private int offset;
  private int end;
  private int index;
  private int messageOffset;
  private int messageLength;

  /**
   * Views a datagram and checks that its blocks end exactly where it ends.
   *
   * @param length of the datagram, bytes
   * @return false when the datagram is not a well-formed packet; nothing else may then be called
   */
  public boolean wrap(DirectBuffer buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    end = offset + length;
    rewind();
    return length >= MoldLayout.HEADER_LENGTH && blocksEndWithPacket();
  }

  /** Views a request: the header alone, whose count is the number of messages wanted. */
  public boolean wrapRequest(DirectBuffer buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    end = offset + length;
    rewind();
    return length == MoldLayout.HEADER_LENGTH;
  }

  /** Copies the session's {@link MoldLayout#SESSION_LENGTH} bytes. */
  public void session(MutableDirectBuffer destination, int index) {
    buffer.getBytes(
        offset + MoldLayout.SESSION_OFFSET, destination, index, MoldLayout.SESSION_LENGTH);
  }

  /** The session with its padding; allocates. */
  public String session() {
    byte[] bytes = new byte[MoldLayout.SESSION_LENGTH];
    buffer.getBytes(offset + MoldLayout.SESSION_OFFSET, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** See {@link MoldLayout} for what it numbers. */
  public long sequenceNumber() {
    return buffer.getLong(offset + MoldLayout.SEQUENCE_NUMBER_OFFSET, ByteOrder.BIG_ENDIAN);
  }

  /** The count as it stands in the header, 0 to {@link MoldLayout#END_OF_SESSION}. */
  public int count() {
    return buffer.getShort(offset + MoldLayout.COUNT_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
  }

  public boolean isHeartbeat() {
    return count() == MoldLayout.HEARTBEAT;
  }

  public boolean isEndOfSession() {
    return count() == MoldLayout.END_OF_SESSION;
  }

  /** Steps to the next message; false when there is none. */
  public boolean next() {
    if (index == messages()) {
      return false;
    }
    int block = index == 0 ? offset + MoldLayout.HEADER_LENGTH : messageOffset + messageLength;
    if (block + MoldLayout.BLOCK_HEADER_LENGTH > end) {
      return false;
    }
    messageLength = buffer.getShort(block, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    messageOffset = block + MoldLayout.BLOCK_HEADER_LENGTH;
    index++;
    return messageOffset + messageLength <= end;
  }

  /** Sequence number of the message that {@link #next} stepped to. */
  public long messageSequenceNumber() {
    return sequenceNumber() + index - 1;
  }

  /** Where that message begins in the buffer. */
  public int messageOffset() {
    return messageOffset;
  }

  /** Its length, bytes. */
  public int messageLength() {
    return messageLength;
  }

  private boolean blocksEndWithPacket() {
    int blocksEnd = offset + MoldLayout.HEADER_LENGTH;
    int blocks = 0;
    while (next()) {
      blocksEnd = messageOffset + messageLength;
      blocks++;
    }
    rewind();
    return blocks == messages() && blocksEnd == end;
  }

  private int messages() {
    return isEndOfSession() ? 0 : count();
  }

  private void rewind() {
    index = 0;
    messageOffset = 0;
    messageLength = 0;
  }
}
