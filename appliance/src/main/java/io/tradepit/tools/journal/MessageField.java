package io.tradepit.tools.journal;

/**
 * A field of an SBE message as the schema has it.
 *
 * @param group name of the composite that it stands in, such as {@code origin}; empty for none
 * @param name in its message or composite
 * @param type as the schema calls it: {@code price}, {@code symbol}, {@code uint16}
 * @param primitive {@code char}, {@code uint8} ... {@code int64}
 * @param offset behind the SBE header, bytes
 * @param count of primitives, 1 unless it is an array
 */
record MessageField(
    String group, String name, String type, String primitive, int offset, int count) {
  int lengthBytes() {
    return count * sizeOf(primitive);
  }

  static int sizeOf(String primitive) {
    return switch (primitive) {
      case "char", "int8", "uint8" -> 1;
      case "int16", "uint16" -> 2;
      case "int32", "uint32" -> 4;
      case "int64" -> 8;
      default -> throw new IllegalStateException("primitive=" + primitive);
    };
  }
}
