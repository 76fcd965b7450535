package io.tradepit.lwip;

/**
 * {@code struct tp_connection} of {@code stack.h}, in native byte order; asserted when the shim is
 * loaded. The stack writes the first part, Java the second.
 *
 * <pre>
 *   0           8              16         24      28       32     36
 *   +-----------+--------------+----------+-------+--------+------+-------+
 *   | received  | acknowledged | number   | state | remote | port | marks |
 *   +-----------+--------------+----------+-------+--------+------+-------+
 *   40          48             56         60      64
 *   +-----------+--------------+----------+-------+-----------------------+
 *   | taken     | queued       | orders   | read  | 8 marks: end, stamp   |
 *   +-----------+--------------+----------+-------+-----------------------+
 * </pre>
 *
 * <p>Positions count bytes of a ring. A poll may set both positions of an empty ring back to 0, and
 * the counts of marks with them, so Java keeps no copy of them over a poll.
 */
public final class ConnectionLayout {
  /** Bytes of one entry. */
  public static final int LENGTH = 192;

  /** Position up to which the receive ring holds bytes; 8 bytes. */
  public static final int RECEIVED_OFFSET = 0;

  /** Position up to which the peer acknowledged what the send ring holds; 8 bytes. */
  public static final int ACKNOWLEDGED_OFFSET = 8;

  /** Number of the connection, from 1, never used twice by one stack; 0: none; 8 bytes. */
  public static final int NUMBER_OFFSET = 16;

  /** {@link #OPEN}, {@link #PEER_SHUT}, {@link #GONE}; 4 bytes. */
  public static final int STATE_OFFSET = 24;

  /** The peer's IPv4 address, the first byte the highest; 4 bytes. */
  public static final int REMOTE_ADDRESS_OFFSET = 28;

  /** The peer's port; 4 bytes. */
  public static final int REMOTE_PORT_OFFSET = 32;

  /** Marks written since the receive ring was empty; 4 bytes. */
  public static final int MARK_COUNT_OFFSET = 36;

  /** Position up to which Java took bytes of the receive ring; 8 bytes. */
  public static final int TAKEN_OFFSET = 40;

  /** Position up to which Java wrote the send ring; 8 bytes. */
  public static final int QUEUED_OFFSET = 48;

  /** {@link #SHUT}, {@link #RESET}, {@link #RELEASE}, for the next poll; 4 bytes. */
  public static final int ORDERS_OFFSET = 56;

  /** Marks that Java is done with; 4 bytes. */
  public static final int MARKS_READ_OFFSET = 60;

  /** The ring of marks: number n is entry n modulo {@link #MARK_LIMIT}. */
  public static final int MARKS_OFFSET = 64;

  /** Marks in the ring. */
  public static final int MARK_LIMIT = 8;

  /** Bytes of a mark. */
  public static final int MARK_LENGTH = 16;

  /** In a mark: the position up to which its stamp holds; 8 bytes. */
  public static final int MARK_END_OFFSET = 0;

  /** In a mark: the device's stamp, nanoseconds since the Unix epoch, 0 without one; 8 bytes. */
  public static final int MARK_STAMP_OFFSET = 8;

  /** State: the slot has a connection. */
  public static final int OPEN = 1;

  /** State: the peer sends no more; all it sent is in the ring. */
  public static final int PEER_SHUT = 2;

  /** State: TCP has done with it; the slot waits for {@link #RELEASE}. */
  public static final int GONE = 4;

  /** Order: send no more after what is queued. */
  public static final int SHUT = 1;

  /** Order: reset the connection. */
  public static final int RESET = 2;

  /** Order: Java has done with the slot; what is still open is reset. */
  public static final int RELEASE = 4;

  private ConnectionLayout() {}
}
