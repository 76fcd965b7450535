package io.tradepit.tools.journal;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Numbers as they stand in an SBE message: little-endian. */
final class SbeNumbers {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private SbeNumbers() {}

  /** A number of a primitive type, such as {@code uint16}. */
  static long get(DirectBuffer buffer, int at, String primitive) {
    return switch (primitive) {
      case "int8" -> buffer.getByte(at);
      case "char", "uint8" -> buffer.getByte(at) & 0xFFL;
      case "int16" -> buffer.getShort(at, ORDER);
      case "uint16" -> buffer.getShort(at, ORDER) & 0xFFFFL;
      case "int32" -> buffer.getInt(at, ORDER);
      case "uint32" -> buffer.getInt(at, ORDER) & 0xFFFF_FFFFL;
      case "int64" -> buffer.getLong(at, ORDER);
      default -> throw new IllegalStateException("primitive=" + primitive);
    };
  }
}
