package io.tradepit.publication;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * How much each requester may ask: a token bucket for each source address, an IPv6 network of 64
 * bits as one. One thread; allocates nothing for an IPv4 address.
 *
 * <p>A bucket is one number: the time at which it would be full again, which each request puts off
 * by the interval of the rate. The table is bounded: only a bucket that is full again makes room
 * for a newcomer, so that nobody's refusal is forgotten by a flood of others.
 */
final class RequesterLimits {
  private static final long NONE = Long.MIN_VALUE;

  private final Long2LongHashMap fullAtNs = new Long2LongHashMap(NONE);
  private final int maxRequesters;
  private final long intervalNs;
  private final long mostAheadNs;

  /** What becomes of a request. */
  enum Verdict {
    ALLOWED,
    /** Its source has asked too much. */
    TOO_FAST,
    /** There are as many sources as the table holds. */
    TABLE_FULL
  }

  /**
   * @param burst requests that a source may send at once, from 1
   * @param requestsPerSecond that it may send on and on, from 1
   */
  RequesterLimits(int maxRequesters, int burst, int requestsPerSecond) {
    this.maxRequesters = maxRequesters;
    intervalNs = Math.max(1, 1_000_000_000L / requestsPerSecond);
    mostAheadNs = (burst - 1) * intervalNs;
  }

  /** Counts a request in. */
  Verdict onRequest(InetAddress source, long nowNs) {
    long key = keyOf(source);
    long fullAt = fullAtNs.get(key);
    if (fullAt == NONE) {
      if (fullAtNs.size() >= maxRequesters && !makeRoom(nowNs)) {
        return Verdict.TABLE_FULL;
      }
      fullAt = nowNs;
    }
    long from = Math.max(fullAt, nowNs);
    if (from - nowNs > mostAheadNs) {
      return Verdict.TOO_FAST;
    }
    fullAtNs.put(key, from + intervalNs);
    return Verdict.ALLOWED;
  }

  /** Sources in the table. */
  int size() {
    return fullAtNs.size();
  }

  private boolean makeRoom(long nowNs) {
    return fullAtNs.values().removeIfLong(fullAt -> fullAt <= nowNs);
  }

  // An IPv4 address's hash code is the address itself (Inet4Address); its bytes would be a copy.
  private static long keyOf(InetAddress source) {
    return source instanceof Inet6Address
        ? ByteBuffer.wrap(source.getAddress()).getLong()
        : source.hashCode();
  }
}
