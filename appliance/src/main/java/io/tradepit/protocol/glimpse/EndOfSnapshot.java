package io.tradepit.protocol.glimpse;

import io.tradepit.protocol.soupbin.SoupBinText;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The last message of a GLIMPSE 5.0 spin: the number of the next message of the feed to apply.
 *
 * <pre>
 *   Off Len Type     Field
 *     0   1 char     type            G
 *     1  20 digits   sequenceNumber  ASCII, padded with spaces on the left
 * </pre>
 *
 * The protocol's wording leaves open whether the number is that of the last message contained or of
 * the next one; here, as in the open implementations, it is the next.
 */
public final class EndOfSnapshot {
  public static final byte TYPE = 'G';

  /** Length of the message, bytes. */
  public static final int LENGTH = 21;

  /** Returned for what is no end of a snapshot. */
  public static final long NONE = -1;

  private static final int NUMBER_OFFSET = 1;
  private static final int NUMBER_LENGTH = LENGTH - NUMBER_OFFSET;

  private EndOfSnapshot() {}

  /**
   * Writes the message.
   *
   * @param nextNumber from 1
   * @return its length, bytes
   */
  public static int encode(MutableDirectBuffer buffer, int offset, long nextNumber) {
    buffer.putByte(offset, TYPE);
    SoupBinText.format(buffer, offset + NUMBER_OFFSET, NUMBER_LENGTH, nextNumber);
    return LENGTH;
  }

  /** The number of the next message, padded on either side, or {@link #NONE}. */
  public static long decode(DirectBuffer buffer, int offset, int length) {
    if (length != LENGTH || buffer.getByte(offset) != TYPE) {
      return NONE;
    }
    long number = SoupBinText.parse(buffer, offset + NUMBER_OFFSET, NUMBER_LENGTH);
    return number > 0 ? number : NONE;
  }
}
