package io.tradepit.protocol.soupbin;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads any packet, whole in a buffer; the fields of logins are read strictly. */
public final class SoupBinDecoder {
  private DirectBuffer buffer;
  private int offset;

  /** Looks at the packet that begins at this offset. */
  public SoupBinDecoder wrap(DirectBuffer packet, int packetOffset) {
    buffer = packet;
    offset = packetOffset;
    return this;
  }

  /** The length field: bytes of type and payload, 0 to 65,535. */
  public static int length(DirectBuffer buffer, int offset) {
    return buffer.getShort(offset, ByteOrder.BIG_ENDIAN) & 0xFFFF;
  }

  /** The length field of this packet. */
  public int length() {
    return length(buffer, offset);
  }

  /** The letter of the packet. */
  public byte type() {
    return buffer.getByte(offset + SoupBin.LENGTH_FIELD);
  }

  /** Login request: whether its length is one of the two that exist. */
  public boolean isLoginLength() {
    return length() == SoupBin.LOGIN_LENGTH || length() == SoupBin.LOGIN_LENGTH_4_10;
  }

  /** Login request: the username as it is compared. Allocates. */
  public String username() {
    return SoupBinText.upperCased(
        buffer, offset + SoupBin.USERNAME_OFFSET, SoupBin.USERNAME_LENGTH);
  }

  /** Login request: the password as it is compared. Allocates. */
  public String password() {
    return SoupBinText.upperCased(
        buffer, offset + SoupBin.PASSWORD_OFFSET, SoupBin.PASSWORD_LENGTH);
  }

  /** Login request: copies the requested session's 10 characters as they stand. */
  public void getRequestedSession(MutableDirectBuffer target, int targetOffset) {
    target.putBytes(
        targetOffset, buffer, offset + SoupBin.REQUESTED_SESSION_OFFSET, SoupBin.SESSION_LENGTH);
  }

  /** Login request: number of the first packet wanted, 0 = the next; -1 = not a number. */
  public long requestedSequence() {
    return SoupBinText.parse(
        buffer, offset + SoupBin.REQUESTED_SEQUENCE_OFFSET, SoupBin.SEQUENCE_LENGTH);
  }

  /** Login request: heartbeat timeout, ms, 0 = none was asked for; -1 = not a number. */
  public long timeoutMs() {
    return length() == SoupBin.LOGIN_LENGTH
        ? 0
        : SoupBinText.parse(buffer, offset + SoupBin.TIMEOUT_OFFSET, SoupBin.TIMEOUT_LENGTH);
  }

  /** Login accepted: the session's name, trimmed. Allocates. */
  public String acceptedSession() {
    return SoupBinText.upperCased(
        buffer, offset + SoupBin.ACCEPTED_SESSION_OFFSET, SoupBin.SESSION_LENGTH);
  }

  /** Login accepted: number of the next sequenced packet; -1 = not a number. */
  public long acceptedSequence() {
    return SoupBinText.parse(
        buffer, offset + SoupBin.ACCEPTED_SEQUENCE_OFFSET, SoupBin.SEQUENCE_LENGTH);
  }

  /** Login rejected: the reason. */
  public byte rejectReason() {
    return buffer.getByte(offset + SoupBin.PAYLOAD_OFFSET);
  }
}
