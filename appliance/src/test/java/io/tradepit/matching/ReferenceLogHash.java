package io.tradepit.matching;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/** The hash of the log as its definition says, slow and obvious. */
final class ReferenceLogHash {
  private static final long[] KEYS = {
    0x9E3779B97F4A7C15L, 0xBF58476D1CE4E5B9L, 0x94D049BB133111EBL, 0xD6E8FEB86659FD93L
  };

  private ReferenceLogHash() {}

  static long next(
      long previous, long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
    long[] lanes = {step(0, sequence, 1), step(0, timeNs, 2), step(0, length, 3), step(0, 1, 0)};
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    byte[] filledUp = Arrays.copyOf(bytes, (length + 7) / 8 * 8);
    for (int word = 0; word < filledUp.length / 8; word++) {
      lanes[word % 4] = step(lanes[word % 4], littleEndian(filledUp, word * 8), word % 4);
    }
    long hash = previous;
    for (int lane = 0; lane < 4; lane++) {
      hash = step(hash, lanes[lane], lane);
    }
    return hash;
  }

  private static long step(long x, long word, int lane) {
    long product = (x ^ word) * KEYS[lane];
    return product ^ (product >>> 32);
  }

  private static long littleEndian(byte[] bytes, int at) {
    long word = 0;
    for (int i = 7; i >= 0; i--) {
      word = word << 8 | (bytes[at + i] & 0xFF);
    }
    return word;
  }
}
