package io.tradepit.matching.state;

import org.agrona.DirectBuffer;

/**
 * The state hash: a wrapping sum in which each thing adds a key times a value, so that a change
 * costs a multiplication and the order of things does not matter.
 */
public final class StateHash {
  /** Kinds of things. Counters of the venue are numbered by {@link Header}. */
  public static final int COUNTER = 1;

  public static final int GATEWAY = 2;
  public static final int SESSION_MESSAGE = 3;
  public static final int SESSION_EPOCH = 4;
  public static final int SESSION_FLAGS = 5;
  public static final int CHANNEL = 6;
  public static final int TRADING_STATE = 7;
  public static final int HALT_REASON = 8;
  public static final int SESSION_GRACE = 9;
  public static final int SESSION_DEADLINE = 10;
  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xBF58476D1CE4E5B9L;
  private static final long THIRD = 0x94D049BB133111EBL;

  private StateHash() {}

  /** The odd key of a thing of a kind. */
  public static long key(int kind, long id) {
    return mix(((long) kind << 40) + id, FIRST) | 1;
  }

  /** Two numbers into one that depends on every bit of both. */
  public static long mix(long a, long b) {
    long h = (a * FIRST) ^ Long.rotateLeft(b * SECOND, 29);
    h = (h ^ (h >>> 32)) * THIRD;
    return h ^ (h >>> 29);
  }

  /**
   * The running hash of bytes, which depends on their order.
   *
   * @param hash of the bytes before, 0 at first
   * @param length a multiple of 8
   */
  public static long ofBytes(long hash, DirectBuffer buffer, int offset, int length) {
    long h = hash;
    for (int i = offset; i < offset + length; i += Long.BYTES) {
      h = mix(h, buffer.getLong(i));
    }
    return h;
  }

  /** What is executed counts 2^32 times what remains. */
  public static long orderValue(int remaining, int chainExecuted) {
    return ((long) chainExecuted << 32) + remaining;
  }

  /**
   * The odd key of an order.
   *
   * @param what urn, session and instrument: 32, 16, 16 bits
   * @param how channel, side, time in force, display, capacity, sweep, group: 8 bits each and 16,
   *     low first
   * @param clOrdIdFirst bytes 0..7, little-endian
   * @param clOrdIdLast bytes 6..13, little-endian
   */
  public static long order(
      long orderNumber,
      int price,
      long what,
      long how,
      int chainExecutedBefore,
      int firm,
      int tagsPresent,
      long clOrdIdFirst,
      long clOrdIdLast) {
    long a = mix(orderNumber, ((long) price << 32) | (chainExecutedBefore & 0xFFFF_FFFFL));
    long b = mix(what, how);
    long c = mix(clOrdIdFirst, Long.rotateLeft(clOrdIdLast, 16));
    return mix(a ^ c, b + (((long) firm << 32) ^ tagsPresent)) | 1;
  }
}
