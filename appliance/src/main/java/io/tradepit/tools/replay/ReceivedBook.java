package io.tradepit.tools.replay;

import org.agrona.collections.Long2LongHashMap;

/**
 * The book of one instrument as a receiver of the feed builds it. One thread.
 *
 * <pre>
 *   order:  | bid 1 | price 31 | shares 32 |
 * </pre>
 */
final class ReceivedBook {
  private static final long MISSING = -1;
  private static final int PRICE_SHIFT = 32;
  private static final long SHARES_MASK = 0xFFFF_FFFFL;
  private static final long PRICE_MASK = 0x7FFF_FFFFL;

  private final BookLevels bids = new BookLevels(true);
  private final BookLevels asks = new BookLevels(false);
  private final Long2LongHashMap orders = new Long2LongHashMap(1 << 12, 0.6f, MISSING);

  BookLevels bids() {
    return bids;
  }

  BookLevels asks() {
    return asks;
  }

  int orders() {
    return orders.size();
  }

  /** False when the reference is in the book already. */
  boolean add(long reference, byte side, long shares, long price) {
    long order = pack(side, price, shares);
    if (orders.get(reference) != MISSING) {
      return false;
    }
    orders.put(reference, order);
    side(order).add(price, shares);
    return true;
  }

  /** An order loses shares; false when it is not there or has not so many. */
  boolean reduce(long reference, long shares) {
    long order = orders.get(reference);
    if (order == MISSING || (order & SHARES_MASK) < shares) {
      return false;
    }
    if ((order & SHARES_MASK) == shares) {
      orders.remove(reference);
    } else {
      orders.put(reference, order - shares);
    }
    return side(order).take(price(order), shares);
  }

  /** An order goes; false when it is not there. */
  boolean delete(long reference) {
    long order = orders.get(reference);
    return order != MISSING && reduce(reference, order & SHARES_MASK);
  }

  /** An order gives its place to a new one; false when it is not there. */
  boolean replace(long reference, long next, long shares, long price) {
    long order = orders.get(reference);
    return order != MISSING
        && delete(reference)
        && add(next, isBid(order) ? (byte) 'B' : (byte) 'S', shares, price);
  }

  private BookLevels side(long order) {
    return isBid(order) ? bids : asks;
  }

  private static long pack(byte side, long price, long shares) {
    return (side == 'B' ? Long.MIN_VALUE : 0) | (price << PRICE_SHIFT) | shares;
  }

  private static boolean isBid(long order) {
    return order < 0;
  }

  private static long price(long order) {
    return order >>> PRICE_SHIFT & PRICE_MASK;
  }
}
