package io.tradepit.protocol.soupbin;

import static io.tradepit.protocol.soupbin.SoupBin.ACCEPTED_SEQUENCE_OFFSET;
import static io.tradepit.protocol.soupbin.SoupBin.ACCEPTED_SESSION_OFFSET;
import static io.tradepit.protocol.soupbin.SoupBin.LENGTH_FIELD;
import static io.tradepit.protocol.soupbin.SoupBin.PAYLOAD_OFFSET;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes packets of both directions. Every method returns the bytes of the whole packet. */
public final class SoupBinEncoder {
  private SoupBinEncoder() {}

  /**
   * Writes length and type in front of a payload that stands, or will stand, at {@code offset +
   * PAYLOAD_OFFSET}.
   *
   * @param payloadLength 0 to 65,534 bytes
   */
  public static int frame(MutableDirectBuffer buffer, int offset, byte type, int payloadLength) {
    buffer.putShort(offset, (short) (payloadLength + 1), ByteOrder.BIG_ENDIAN);
    buffer.putByte(offset + LENGTH_FIELD, type);
    return PAYLOAD_OFFSET + payloadLength;
  }

  /** A packet without payload: heartbeats, logout, end of session. */
  public static int empty(MutableDirectBuffer buffer, int offset, byte type) {
    return frame(buffer, offset, type, 0);
  }

  /** A packet with a payload copied from elsewhere: S, U and debug. */
  public static int data(
      MutableDirectBuffer buffer,
      int offset,
      byte type,
      DirectBuffer payload,
      int payloadOffset,
      int payloadLength) {
    buffer.putBytes(offset + PAYLOAD_OFFSET, payload, payloadOffset, payloadLength);
    return frame(buffer, offset, type, payloadLength);
  }

  /**
   * Login accepted.
   *
   * @param session 10 characters, padded on the left by whoever has fewer
   * @param sequence number of the next sequenced packet, from 1
   */
  public static int loginAccepted(
      MutableDirectBuffer buffer,
      int offset,
      DirectBuffer session,
      int sessionOffset,
      long sequence) {
    int length = SoupBin.LOGIN_ACCEPTED_PACKET_LENGTH;
    buffer.putBytes(
        offset + ACCEPTED_SESSION_OFFSET, session, sessionOffset, SoupBin.SESSION_LENGTH);
    SoupBinText.format(
        buffer, offset + ACCEPTED_SEQUENCE_OFFSET, SoupBin.SEQUENCE_LENGTH, sequence);
    return frame(buffer, offset, SoupBin.LOGIN_ACCEPTED, length - PAYLOAD_OFFSET);
  }

  /** Login rejected. */
  public static int loginRejected(MutableDirectBuffer buffer, int offset, byte reason) {
    buffer.putByte(offset + PAYLOAD_OFFSET, reason);
    return frame(buffer, offset, SoupBin.LOGIN_REJECTED, 1);
  }

  /** Text for people, ASCII. */
  public static int debug(MutableDirectBuffer buffer, int offset, String text) {
    int length = buffer.putStringWithoutLengthAscii(offset + PAYLOAD_OFFSET, text);
    return frame(buffer, offset, SoupBin.DEBUG, length);
  }

  /**
   * Login request of 3.00 and 4.00, or of 4.10 when it asks for a timeout. For clients.
   *
   * @param session empty = the current one
   * @param sequence number of the first sequenced packet wanted, 0 = the next one
   * @param timeoutMs heartbeat timeout, 1 to 99,999; 0 = a request of 3.00 and 4.00
   */
  public static int loginRequest(
      MutableDirectBuffer buffer,
      int offset,
      String username,
      String password,
      String session,
      long sequence,
      int timeoutMs) {
    SoupBinText.putPadded(
        buffer, offset + SoupBin.USERNAME_OFFSET, SoupBin.USERNAME_LENGTH, username);
    SoupBinText.putPadded(
        buffer, offset + SoupBin.PASSWORD_OFFSET, SoupBin.PASSWORD_LENGTH, password);
    SoupBinText.putPadded(
        buffer, offset + SoupBin.REQUESTED_SESSION_OFFSET, SoupBin.SESSION_LENGTH, session);
    SoupBinText.format(
        buffer, offset + SoupBin.REQUESTED_SEQUENCE_OFFSET, SoupBin.SEQUENCE_LENGTH, sequence);
    if (timeoutMs == 0) {
      return frame(buffer, offset, SoupBin.LOGIN_REQUEST, SoupBin.LOGIN_LENGTH - 1);
    }
    SoupBinText.format(buffer, offset + SoupBin.TIMEOUT_OFFSET, SoupBin.TIMEOUT_LENGTH, timeoutMs);
    return frame(buffer, offset, SoupBin.LOGIN_REQUEST, SoupBin.LOGIN_LENGTH_4_10 - 1);
  }
}
