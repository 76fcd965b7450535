package io.tradepit.matching.book;

/**
 * A copy of one book: its best levels and what is fixed of its instrument. Filled by {@link
 * BookView}, used again for each look; one thread.
 */
public final class BookDepth {
  private final Side bids;
  private final Side asks;
  long version;
  int instrument;
  long symbol;
  long tick;
  long referencePrice;
  int lot;
  byte tradingState;
  int haltReason;

  /** The best levels of one side, best first. */
  public static final class Side {
    final long[] prices;
    final long[] quantities;
    final int[] orders;
    int count;
    int levels;
    long bestPrice;
    long bestQuantity;
    int bestOrders;

    Side(int capacity) {
      prices = new long[capacity];
      quantities = new long[capacity];
      orders = new int[capacity];
    }

    /** Levels copied, from 0 to the depth asked for. */
    public int count() {
      return count;
    }

    /** Levels that the side has, copied or not. */
    public int levels() {
      return levels;
    }

    /** Price of a level, 0 = the best, in units of 0.0001. */
    public long price(int level) {
      return prices[level];
    }

    /** Quantity of all orders of a level. */
    public long quantity(int level) {
      return quantities[level];
    }

    /** Number of orders of a level. */
    public int orders(int level) {
      return orders[level];
    }

    /** Price in the top-of-book line; 0 when the side is empty. */
    public long bestPrice() {
      return bestPrice;
    }

    /** Quantity in the top-of-book line. */
    public long bestQuantity() {
      return bestQuantity;
    }

    /** Number of orders in the top-of-book line. */
    public int bestOrders() {
      return bestOrders;
    }
  }

  /**
   * @param depth levels of each side, from 1
   */
  public BookDepth(int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("depth=" + depth + " allowed=1..");
    }
    bids = new Side(depth);
    asks = new Side(depth);
  }

  public Side bids() {
    return bids;
  }

  public Side asks() {
    return asks;
  }

  /** Counts the changes of the book by two; odd when it was copied while it changed. */
  public long version() {
    return version;
  }

  /** From 1. */
  public int instrument() {
    return instrument;
  }

  /** Eight ASCII bytes as one big-endian number. */
  public long symbol() {
    return symbol;
  }

  /** Smallest difference of two prices, in units of 0.0001. */
  public long tick() {
    return tick;
  }

  /** In units of 0.0001. */
  public long referencePrice() {
    return referencePrice;
  }

  /** Orders are for whole multiples of it. */
  public int lot() {
    return lot;
  }

  /** T trading or H halted. */
  public byte tradingState() {
    return tradingState;
  }

  /** Of a halt: four ASCII bytes, the first one lowest. */
  public int haltReason() {
    return haltReason;
  }
}
