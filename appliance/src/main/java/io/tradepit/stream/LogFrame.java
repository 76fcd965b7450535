package io.tradepit.stream;

import org.agrona.BitUtil;

/**
 * Byte layout of one frame of the log: who drives the matcher decides sequence and time, and they
 * stand here.
 *
 * <pre>
 *   0        8        16
 *   +--------+--------+----------------------------+
 *   |sequence|time ns | SBE header and command ... |
 *   +--------+--------+----------------------------+
 * </pre>
 *
 * Numbers are little-endian.
 */
public final class LogFrame {
  /** Sequence number of the command in its day, from 1, dense. */
  public static final int SEQUENCE_OFFSET = 0;

  /** Command time, nanoseconds since the Unix epoch; never decreases. */
  public static final int TIME_NS_OFFSET = SEQUENCE_OFFSET + BitUtil.SIZE_OF_LONG;

  /** Where the SBE header of the command begins. */
  public static final int HEADER_LENGTH = TIME_NS_OFFSET + BitUtil.SIZE_OF_LONG;

  private LogFrame() {}
}
