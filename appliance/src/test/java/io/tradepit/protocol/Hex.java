package io.tradepit.protocol;

import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes as hexadecimal text. */
public final class Hex {
  private Hex() {}

  /** Bytes of a text. */
  public static byte[] bytes(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** A buffer over the bytes of a text. */
  public static UnsafeBuffer buffer(String text) {
    return new UnsafeBuffer(bytes(text));
  }

  /** Text of bytes in a buffer. */
  public static String text(DirectBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
