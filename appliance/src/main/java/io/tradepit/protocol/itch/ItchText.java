package io.tradepit.protocol.itch;

import java.nio.charset.StandardCharsets;

/**
 * Short ASCII text as a number: its bytes, padded with spaces on the right, as one big-endian
 * number. For start-up, tools and tests; it allocates.
 */
public final class ItchText {
  private ItchText() {}

  /** A symbol of at most eight characters. */
  public static long symbol(String text) {
    return pack(text, Long.BYTES);
  }

  /** A reason or MPID of at most four characters. */
  public static int alpha4(String text) {
    return (int) pack(text, Integer.BYTES);
  }

  /** A sub-type of at most two characters. */
  public static short alpha2(String text) {
    return (short) pack(text, Short.BYTES);
  }

  /** The text of a symbol without its padding. */
  public static String symbol(long packed) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (packed >>> (Byte.SIZE * (bytes.length - 1 - i)));
    }
    return new String(bytes, StandardCharsets.US_ASCII).stripTrailing();
  }

  private static long pack(String text, int width) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > width) {
      throw new IllegalArgumentException("text=" + text + " maxLength=" + width);
    }
    long packed = 0;
    for (int i = 0; i < width; i++) {
      packed = (packed << Byte.SIZE) | (i < bytes.length ? bytes[i] : ' ');
    }
    return packed;
  }
}
