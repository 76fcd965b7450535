package io.tradepit.protocol.mold;

import org.agrona.BitUtil;

/**
 * Byte layout of MoldUDP64 packets. Numbers are big-endian.
 *
 * <pre>
 *   0            10               18      20
 *   +------------+----------------+-------+-----------------------------------------+
 *   |session     |sequence number |count  | count blocks: u16 length, message       |
 *   |10 ASCII    |u64             |u16    | (none in heartbeat, end and request)    |
 *   +------------+----------------+-------+-----------------------------------------+
 * </pre>
 *
 * The sequence number is that of the first message in the packet; in a heartbeat and at the end of
 * the session that of the message which would come next; in a request that of the first message
 * wanted, and count is how many.
 */
public final class MoldLayout {
  public static final int SESSION_OFFSET = 0;
  public static final int SESSION_LENGTH = 10;
  public static final int SEQUENCE_NUMBER_OFFSET = SESSION_OFFSET + SESSION_LENGTH;
  public static final int COUNT_OFFSET = SEQUENCE_NUMBER_OFFSET + BitUtil.SIZE_OF_LONG;

  /** Length of the header and of a whole heartbeat, end of session or request. */
  public static final int HEADER_LENGTH = COUNT_OFFSET + BitUtil.SIZE_OF_SHORT;

  /** Length of the length in front of each message. */
  public static final int BLOCK_HEADER_LENGTH = BitUtil.SIZE_OF_SHORT;

  /** Count of a heartbeat. */
  public static final int HEARTBEAT = 0;

  /** Count of an end of session. */
  public static final int END_OF_SESSION = 0xFFFF;

  /** Largest count of messages in a packet and in a request. */
  public static final int MAX_COUNT = END_OF_SESSION - 1;

  private MoldLayout() {}
}
