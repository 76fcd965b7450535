package io.tradepit.protocol.soupbin;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The text fields of SoupBinTCP: padded numbers and names. */
public final class SoupBinText {
  /** Returned for a field that is not a number. */
  public static final long NOT_A_NUMBER = -1;

  private SoupBinText() {}

  /**
   * Reads digits that may be padded by spaces on either side.
   *
   * @return 0 to {@link Long#MAX_VALUE}; 0 for a blank field; {@link #NOT_A_NUMBER} for any other
   *     character, for spaces between digits and for more than a long holds
   */
  public static long parse(DirectBuffer buffer, int offset, int length) {
    int from = firstOf(buffer, offset, length);
    int to = lastOf(buffer, offset, length);
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = buffer.getByte(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return NOT_A_NUMBER;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Writes digits, padded by spaces on the left; digits that do not fit are lost. */
  public static void format(MutableDirectBuffer buffer, int offset, int length, long value) {
    long rest = value;
    int at = offset + length;
    do {
      buffer.putByte(--at, (byte) ('0' + rest % 10));
      rest /= 10;
    } while (rest != 0 && at > offset);
    buffer.setMemory(offset, at - offset, (byte) ' ');
  }

  /** Whether the field holds spaces only. */
  public static boolean isBlank(DirectBuffer buffer, int offset, int length) {
    return firstOf(buffer, offset, length) == offset + length;
  }

  /** Whether two fields hold the same text, padding on either side apart. */
  public static boolean equalTrimmed(
      DirectBuffer a, int aOffset, int aLength, DirectBuffer b, int bOffset, int bLength) {
    int aFrom = firstOf(a, aOffset, aLength);
    int bFrom = firstOf(b, bOffset, bLength);
    int length = Math.max(0, lastOf(a, aOffset, aLength) - aFrom);
    if (length != Math.max(0, lastOf(b, bOffset, bLength) - bFrom)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (a.getByte(aFrom + i) != b.getByte(bFrom + i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a name as it is compared: without padding, in upper case. Allocates; for logins and
   * configuration.
   */
  public static String upperCased(DirectBuffer buffer, int offset, int length) {
    int from = firstOf(buffer, offset, length);
    int to = lastOf(buffer, offset, length);
    StringBuilder name = new StringBuilder(length);
    for (int i = from; i < to; i++) {
      int letter = buffer.getByte(i) & 0xFF;
      name.append((char) (letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter));
    }
    return name.toString();
  }

  /** Writes text padded by spaces on the right; text that does not fit is cut. */
  public static void putPadded(MutableDirectBuffer buffer, int offset, int length, String text) {
    for (int i = 0; i < length; i++) {
      buffer.putByte(offset + i, (byte) (i < text.length() ? text.charAt(i) : ' '));
    }
  }

  private static int firstOf(DirectBuffer buffer, int offset, int length) {
    int from = offset;
    while (from < offset + length && buffer.getByte(from) == ' ') {
      from++;
    }
    return from;
  }

  private static int lastOf(DirectBuffer buffer, int offset, int length) {
    int to = offset + length;
    while (to > offset && buffer.getByte(to - 1) == ' ') {
      to--;
    }
    return to;
  }
}
