package io.tradepit.stream;

import org.agrona.BitUtil;

/**
 * Byte layout of one frame of the event stream: all events of one command, or of one step of a
 * command that has many.
 *
 * <pre>
 *   0                8               16              24        28      30      32
 *   +----------------+---------------+---------------+---------+-------+-------+------------------+
 *   |command sequence|command time ns|wire time ns   |first    |count  |flags  | events ...       |
 *   |                |since epoch    |since midnight |index    |       |       | 8-byte aligned   |
 *   +----------------+---------------+---------------+---------+-------+-------+------------------+
 * </pre>
 *
 * Each event is an SBE header and its block, padded with zeros to a multiple of 8 bytes. Numbers
 * are little-endian.
 */
public final class EventFrame {
  /** Sequence number of the command that caused the events. */
  public static final int COMMAND_SEQUENCE_OFFSET = 0;

  /** Time of that command, nanoseconds since the Unix epoch. */
  public static final int COMMAND_TIME_NS_OFFSET = COMMAND_SEQUENCE_OFFSET + BitUtil.SIZE_OF_LONG;

  /** Time of that command on the wire, nanoseconds since midnight of the trading day. */
  public static final int WIRE_TIME_NS_OFFSET = COMMAND_TIME_NS_OFFSET + BitUtil.SIZE_OF_LONG;

  /** Index of the first event of this frame among the events of its command, from 0. */
  public static final int FIRST_INDEX_OFFSET = WIRE_TIME_NS_OFFSET + BitUtil.SIZE_OF_LONG;

  /** Number of events in this frame, unsigned 16 bits. */
  public static final int COUNT_OFFSET = FIRST_INDEX_OFFSET + BitUtil.SIZE_OF_INT;

  /** {@link #LAST} or 0. */
  public static final int FLAGS_OFFSET = COUNT_OFFSET + BitUtil.SIZE_OF_SHORT;

  /** Where the first event begins. */
  public static final int HEADER_LENGTH = FLAGS_OFFSET + BitUtil.SIZE_OF_SHORT;

  /** Flag: the command is complete with this frame. */
  public static final short LAST = 1;

  /** Events begin at multiples of this many bytes after the frame header. */
  public static final int EVENT_ALIGNMENT = BitUtil.SIZE_OF_LONG;

  private EventFrame() {}
}
