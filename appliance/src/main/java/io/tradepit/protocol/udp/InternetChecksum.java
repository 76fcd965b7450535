package io.tradepit.protocol.udp;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * The checksum of IPv4 and UDP (RFC 1071): the complement of the one's complement sum of 16-bit
 * words. Sums are kept in 64 bits and folded once, at the end.
 */
final class InternetChecksum {
  private static final long WORD = 0xFFFFL;
  private static final long TWO_WORDS = 0xFFFF_FFFFL;

  private InternetChecksum() {}

  /** The sum of the words of a part of a buffer, at most 64 KiB; an odd last byte is a high one. */
  static long sum(DirectBuffer buffer, int offset, int length) {
    long sum = 0;
    int index = offset;
    int end = offset + length;
    for (; end - index >= BitUtil.SIZE_OF_LONG; index += BitUtil.SIZE_OF_LONG) {
      long four = buffer.getLong(index, ByteOrder.BIG_ENDIAN);
      sum += (four >>> Integer.SIZE) + (four & TWO_WORDS);
    }
    for (; end - index >= BitUtil.SIZE_OF_SHORT; index += BitUtil.SIZE_OF_SHORT) {
      sum += buffer.getShort(index, ByteOrder.BIG_ENDIAN) & WORD;
    }
    return index < end ? sum + ((buffer.getByte(index) & 0xFFL) << Byte.SIZE) : sum;
  }

  /** The checksum of what was summed, 0 to 0xFFFF. */
  static int of(long sum) {
    long folded = sum;
    while (folded > WORD) {
      folded = (folded & WORD) + (folded >>> Short.SIZE);
    }
    return (int) (~folded & WORD);
  }
}
