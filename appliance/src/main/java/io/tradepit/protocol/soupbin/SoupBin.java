package io.tradepit.protocol.soupbin;

/**
 * Layout and letters of SoupBinTCP packets.
 *
 * <pre>
 *   0        2      3
 *   +--------+------+-------------+
 *   |length  |type  |payload ...  |    length = 1 + payload, big-endian, unsigned
 *   +--------+------+-------------+
 * </pre>
 *
 * Offsets are from the first byte of a packet, lengths named {@code _PACKET_} count all its bytes.
 */
public final class SoupBin {
  /** Where the payload begins. */
  public static final int PAYLOAD_OFFSET = 3;

  /** Bytes of the length field. */
  public static final int LENGTH_FIELD = 2;

  /** Both directions: text for people. */
  public static final byte DEBUG = '+';

  /** Venue: login accepted. */
  public static final byte LOGIN_ACCEPTED = 'A';

  /** Venue: login rejected. */
  public static final byte LOGIN_REJECTED = 'J';

  /** Venue: sequenced data. */
  public static final byte SEQUENCED_DATA = 'S';

  /** Both directions: unsequenced data. */
  public static final byte UNSEQUENCED_DATA = 'U';

  /** Venue: heartbeat. */
  public static final byte SERVER_HEARTBEAT = 'H';

  /** Venue: end of session. */
  public static final byte END_OF_SESSION = 'Z';

  /** Member: login request. */
  public static final byte LOGIN_REQUEST = 'L';

  /** Member: heartbeat. */
  public static final byte CLIENT_HEARTBEAT = 'R';

  /** Member: logout request. */
  public static final byte LOGOUT_REQUEST = 'O';

  /** Reject reason: not authorised. */
  public static final byte NOT_AUTHORIZED = 'A';

  /** Reject reason: no such session. */
  public static final byte SESSION_NOT_AVAILABLE = 'S';

  /** Bytes of a username. */
  public static final int USERNAME_LENGTH = 6;

  /** Bytes of a password. */
  public static final int PASSWORD_LENGTH = 10;

  /** Bytes of a session's name. */
  public static final int SESSION_LENGTH = 10;

  /** Bytes of a sequence number, ASCII digits. */
  public static final int SEQUENCE_LENGTH = 20;

  /** Bytes of a heartbeat timeout, ASCII digits, milliseconds. */
  public static final int TIMEOUT_LENGTH = 5;

  /** Length field of a login request of 3.00 and 4.00. */
  public static final int LOGIN_LENGTH = 47;

  /** Length field of a login request of 4.10, which ends in a heartbeat timeout. */
  public static final int LOGIN_LENGTH_4_10 = 52;

  /** All bytes of a login accepted packet. */
  public static final int LOGIN_ACCEPTED_PACKET_LENGTH = 33;

  /** All bytes of a packet without payload. */
  public static final int EMPTY_PACKET_LENGTH = 3;

  static final int USERNAME_OFFSET = PAYLOAD_OFFSET;
  static final int PASSWORD_OFFSET = USERNAME_OFFSET + USERNAME_LENGTH;
  static final int REQUESTED_SESSION_OFFSET = PASSWORD_OFFSET + PASSWORD_LENGTH;
  static final int REQUESTED_SEQUENCE_OFFSET = REQUESTED_SESSION_OFFSET + SESSION_LENGTH;
  static final int TIMEOUT_OFFSET = REQUESTED_SEQUENCE_OFFSET + SEQUENCE_LENGTH;
  static final int ACCEPTED_SESSION_OFFSET = PAYLOAD_OFFSET;
  static final int ACCEPTED_SEQUENCE_OFFSET = ACCEPTED_SESSION_OFFSET + SESSION_LENGTH;

  private SoupBin() {}
}
