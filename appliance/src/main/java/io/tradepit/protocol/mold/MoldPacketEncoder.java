package io.tradepit.protocol.mold;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes MoldUDP64 packets, see {@link MoldLayout}; allocates nothing. One thread.
 *
 * <p>A data packet is {@link #begin}, then for each message {@link #hasRoomFor} and {@link
 * #append}, whose result says where the message itself is to be written, then {@link #end}.
 */
public final class MoldPacketEncoder {
  private MutableDirectBuffer buffer;
  private int offset;
  private int capacity;
  private int length;
  private int count;

  /**
   * Begins a data packet.
   *
   * @param capacity at most this many bytes from the offset on, the header included
   * @param session {@link MoldLayout#SESSION_LENGTH} bytes
   * @param sequenceNumber of the first message, from 1
   */
  public void begin(
      MutableDirectBuffer buffer,
      int offset,
      int capacity,
      DirectBuffer session,
      long sequenceNumber) {
    this.buffer = buffer;
    this.offset = offset;
    this.capacity = capacity;
    length = MoldLayout.HEADER_LENGTH;
    count = 0;
    encodeHeader(buffer, offset, session, sequenceNumber, 0);
  }

  /** Whether a message of this length fits into the packet behind those that are in it. */
  public boolean hasRoomFor(int messageLength) {
    return length + MoldLayout.BLOCK_HEADER_LENGTH + messageLength <= capacity
        && count < MoldLayout.MAX_COUNT;
  }

  /**
   * Adds a message that the caller writes.
   *
   * @param messageLength bytes, one for which {@link #hasRoomFor} is true; 0 is legal
   * @return index in the buffer where the message begins
   */
  public int append(int messageLength) {
    assert hasRoomFor(messageLength) : "messageLength=" + messageLength + " length=" + length;
    int at = offset + length;
    buffer.putShort(at, (short) messageLength, ByteOrder.BIG_ENDIAN);
    length += MoldLayout.BLOCK_HEADER_LENGTH + messageLength;
    count++;
    return at + MoldLayout.BLOCK_HEADER_LENGTH;
  }

  /** Messages in the packet so far. */
  public int count() {
    return count;
  }

  /**
   * Completes the packet.
   *
   * @return its length, bytes
   */
  public int end() {
    buffer.putShort(offset + MoldLayout.COUNT_OFFSET, (short) count, ByteOrder.BIG_ENDIAN);
    return length;
  }

  /** Writes a whole heartbeat; returns its length, bytes. */
  public static int encodeHeartbeat(
      MutableDirectBuffer buffer, int offset, DirectBuffer session, long nextSequenceNumber) {
    return encodeHeader(buffer, offset, session, nextSequenceNumber, MoldLayout.HEARTBEAT);
  }

  /** Writes a whole end of session; returns its length, bytes. */
  public static int encodeEndOfSession(
      MutableDirectBuffer buffer, int offset, DirectBuffer session, long nextSequenceNumber) {
    return encodeHeader(buffer, offset, session, nextSequenceNumber, MoldLayout.END_OF_SESSION);
  }

  /**
   * Writes a whole request.
   *
   * @param count messages wanted, 1 to {@link MoldLayout#MAX_COUNT}
   * @return its length, bytes
   */
  public static int encodeRequest(
      MutableDirectBuffer buffer,
      int offset,
      DirectBuffer session,
      long firstSequenceNumber,
      int count) {
    return encodeHeader(buffer, offset, session, firstSequenceNumber, count);
  }

  private static int encodeHeader(
      MutableDirectBuffer buffer, int offset, DirectBuffer session, long sequence, int count) {
    buffer.putBytes(offset + MoldLayout.SESSION_OFFSET, session, 0, MoldLayout.SESSION_LENGTH);
    buffer.putLong(offset + MoldLayout.SEQUENCE_NUMBER_OFFSET, sequence, ByteOrder.BIG_ENDIAN);
    buffer.putShort(offset + MoldLayout.COUNT_OFFSET, (short) count, ByteOrder.BIG_ENDIAN);
    return MoldLayout.HEADER_LENGTH;
  }
}
