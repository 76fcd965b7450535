package io.tradepit.matching.state;

import java.util.Map;
import org.agrona.BitUtil;

/**
 * Where each kind of record begins in the pages. Every region begins at a multiple of its record's
 * size (at least a cache line), and sizes are powers of two, so no record straddles a page.
 *
 * <pre>
 *   header 8192 | orders 64 n | details 128 n | links 8 n | levels 32 n
 *   | nodes 256 n, at each height from 0 | their maps 8 n, at each height
 *   | sessions 64 n | timers 16 n | channels 1024 n | user references 4 n | symbols 4 n
 * </pre>
 */
public final class Regions {
  public static final int PAGE_SHIFT = 21;
  public static final int PAGE_BYTES = 1 << PAGE_SHIFT;

  /** Where an offset lies within its page. */
  public static final int PAGE_MASK = PAGE_BYTES - 1;

  public static final int BOOK_BYTES = 256;
  public static final int HEADER_BYTES = 8192;
  public static final int ORDER_SHIFT = 6;
  public static final int DETAIL_SHIFT = 7;
  public static final int LINK_SHIFT = 3;
  public static final int LEVEL_SHIFT = 5;
  public static final int NODE_SHIFT = 8;
  public static final int MAP_SHIFT = 3;
  public static final int SESSION_SHIFT = 6;
  public static final int TIMER_SHIFT = 4;
  public static final int CHANNELS_SHIFT = 10;
  public static final int REFERENCE_SHIFT = 2;
  public static final int SYMBOL_SHIFT = 2;

  /** At which a tree of prices has nodes, from 0. */
  public static final int HEIGHTS = 5;

  /** Of the lowest node that an empty side keeps. */
  public static final int KEPT_HEIGHT = 2;

  private static final int PRICE_BITS = 31;
  private static final int NODE_BITS = 6;
  private static final String LAYOUT_VERSION = "layoutVersion";

  public final int maxOrders;
  public final int maxLevels;
  public final int maxOpenOrdersOfSession;
  public final int maxInstruments;
  public final int maxSessions;
  public final int referencesOfSession;
  public final int symbolEntries;
  public final long orders;
  public final long details;
  public final long links;
  public final long levels;
  public final long sessions;
  public final long timers;
  public final long channels;
  public final long references;
  public final long symbols;
  private final long[] nodes = new long[HEIGHTS];
  private final long[] maps = new long[HEIGHTS];
  private final long end;

  public Regions(
      int maxOrders,
      int maxLevels,
      int maxOpenOrdersOfSession,
      int maxInstruments,
      int maxSessions) {
    this.maxOrders = maxOrders;
    this.maxLevels = maxLevels;
    this.maxOpenOrdersOfSession = maxOpenOrdersOfSession;
    this.maxInstruments = maxInstruments;
    this.maxSessions = maxSessions;
    this.referencesOfSession = BitUtil.findNextPositivePowerOfTwo(maxOpenOrdersOfSession);
    this.symbolEntries = BitUtil.findNextPositivePowerOfTwo(2 * maxInstruments);
    orders = HEADER_BYTES;
    details = after(orders, maxOrders + 1L, ORDER_SHIFT, DETAIL_SHIFT);
    links = after(details, maxOrders + 1L, DETAIL_SHIFT, LINK_SHIFT);
    levels = after(links, maxOrders + 1L, LINK_SHIFT, LEVEL_SHIFT);
    long treesEnd = placeTrees(after(levels, maxLevels + 1L, LEVEL_SHIFT, NODE_SHIFT));
    sessions = BitUtil.align(treesEnd, 1L << SESSION_SHIFT);
    timers = after(sessions, maxSessions, SESSION_SHIFT, TIMER_SHIFT);
    channels = after(timers, maxSessions, TIMER_SHIFT, CHANNELS_SHIFT);
    references = after(channels, maxSessions, CHANNELS_SHIFT, REFERENCE_SHIFT);
    symbols =
        after(references, (long) maxSessions * referencesOfSession, REFERENCE_SHIFT, SYMBOL_SHIFT);
    end = after(symbols, symbolEntries, SYMBOL_SHIFT, PAGE_SHIFT);
  }

  /** Returns where the last map ends. */
  private long placeTrees(long begin) {
    long at = begin;
    for (int height = 0; height < HEIGHTS; height++) {
      nodes[height] = at;
      at = after(at, maxNodes(height) + 1L, NODE_SHIFT, NODE_SHIFT);
    }
    for (int height = 0; height < HEIGHTS; height++) {
      maps[height] = at;
      at = after(at, maxNodes(height) + 1L, MAP_SHIFT, MAP_SHIFT);
    }
    return at;
  }

  /**
   * Nodes at a height that the trees of all sides can need: none is without a level below it, but
   * one of the heights from {@link #KEPT_HEIGHT} on of a side that is empty; and a node spans
   * 2<sup>6 (height + 1)</sup> of the 2<sup>31</sup> prices of a side. So nodes never run out
   * before levels do.
   *
   * @param height from 0, below {@link #HEIGHTS}
   */
  public int maxNodes(int height) {
    long ofSide = 1L << (PRICE_BITS - NODE_BITS * (height + 1));
    long sides = 2L * maxInstruments;
    long kept = height < KEPT_HEIGHT ? 0 : sides;
    return (int) Math.min(maxLevels + kept, sides * ofSide);
  }

  /** Where the nodes of a height begin. */
  public long nodes(int height) {
    return nodes[height];
  }

  /** Where the maps of the nodes of a height begin. */
  public long maps(int height) {
    return maps[height];
  }

  /**
   * What another process needs to know to find every record: the version of the layout, and the
   * capacities that it follows from.
   */
  public Map<String, String> description() {
    return Map.of(
        LAYOUT_VERSION,
        Integer.toString(Header.LAYOUT_VERSION),
        "maxOrders",
        Integer.toString(maxOrders),
        "maxLevels",
        Integer.toString(maxLevels),
        "maxOpenOrdersOfSession",
        Integer.toString(maxOpenOrdersOfSession),
        "maxInstruments",
        Integer.toString(maxInstruments),
        "maxSessions",
        Integer.toString(maxSessions));
  }

  /**
   * The regions that a description is of.
   *
   * @throws IllegalArgumentException when it is of another layout than this build's
   */
  public static Regions described(Map<String, String> description) {
    int version = number(description, LAYOUT_VERSION);
    if (version != Header.LAYOUT_VERSION) {
      throw new IllegalArgumentException(
          LAYOUT_VERSION + "=" + version + " allowed=" + Header.LAYOUT_VERSION);
    }
    return new Regions(
        number(description, "maxOrders"),
        number(description, "maxLevels"),
        number(description, "maxOpenOrdersOfSession"),
        number(description, "maxInstruments"),
        number(description, "maxSessions"));
  }

  private static int number(Map<String, String> description, String name) {
    String text = description.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name + "=missing");
    }
    return Integer.parseInt(text);
  }

  public int pages() {
    return Math.toIntExact(end >>> PAGE_SHIFT);
  }

  private static long after(long begin, long count, int shift, int nextShift) {
    return BitUtil.align(begin + (count << shift), 1L << Math.max(6, nextShift));
  }
}
