package io.tradepit.matching.state;

import org.agrona.DirectBuffer;

/**
 * The running hash of the log: of every command's sequence number, time and bytes, in their order.
 * A pure function, so that a reader of the recorded log finds the same without a matcher.
 *
 * <p>Definition. A step of a lane takes a word w into a lane x: {@code x = (x ^ w) * K; x ^= x >>>
 * 32}, K odd and one for each of four lanes. The lanes begin with a step from 0 that takes sequence
 * number, time, length and 1, by the K of the next lane. The bytes are taken as little-endian words
 * of 8, the first by lane 0, the next by lane 1 and so on in turn; bytes that are left at the end
 * are one word, filled up with zeros. At the end the hash before takes the four lanes in turn, each
 * by a step.
 *
 * <p>Every step can be undone, in the lane as in the word: so two logs that differ in one word,
 * whether by a bit or by all of it, never have the same hash, and others only by chance.
 */
public final class LogHash {
  private static final long K0 = 0x9E3779B97F4A7C15L;
  private static final long K1 = 0xBF58476D1CE4E5B9L;
  private static final long K2 = 0x94D049BB133111EBL;
  private static final long K3 = 0xD6E8FEB86659FD93L;
  private static final int ROUND = 4 * Long.BYTES;

  private LogHash() {}

  /**
   * The hash of the log with one more command.
   *
   * @param previous of the log before it, 0 = it is empty
   * @param sequence number of the command
   * @param timeNs of the command, since the Unix epoch
   * @param offset of the SBE header
   * @param length bytes of SBE header and command, as a matcher is given it
   */
  public static long next(
      long previous, long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
    long a = step(0, sequence, K1);
    long b = step(0, timeNs, K2);
    long c = step(0, length, K3);
    long d = step(0, 1, K0);
    int at = offset;
    int end = offset + length;
    for (; at <= end - ROUND; at += ROUND) {
      a = step(a, buffer.getLong(at), K0);
      b = step(b, buffer.getLong(at + 8), K1);
      c = step(c, buffer.getLong(at + 16), K2);
      d = step(d, buffer.getLong(at + 24), K3);
    }
    if (at < end) {
      a = step(a, word(buffer, at, end), K0);
    }
    if (at + 8 < end) {
      b = step(b, word(buffer, at + 8, end), K1);
    }
    if (at + 16 < end) {
      c = step(c, word(buffer, at + 16, end), K2);
    }
    if (at + 24 < end) {
      d = step(d, word(buffer, at + 24, end), K3);
    }
    return step(step(step(step(previous, a, K0), b, K1), c, K2), d, K3);
  }

  private static long step(long lane, long word, long k) {
    long x = (lane ^ word) * k;
    return x ^ (x >>> 32);
  }

  /** Eight bytes, or what is left of them before the end. */
  private static long word(DirectBuffer buffer, int at, int end) {
    return end - at >= Long.BYTES ? buffer.getLong(at) : rest(buffer, at, end - at);
  }

  private static long rest(DirectBuffer buffer, int at, int count) {
    long word = 0;
    int done = 0;
    if ((count & Integer.BYTES) != 0) {
      word = buffer.getInt(at) & 0xFFFF_FFFFL;
      done = Integer.BYTES;
    }
    if ((count & Short.BYTES) != 0) {
      word |= (buffer.getShort(at + done) & 0xFFFFL) << (done << 3);
      done += Short.BYTES;
    }
    if ((count & 1) != 0) {
      word |= (buffer.getByte(at + done) & 0xFFL) << (done << 3);
    }
    return word;
  }
}
