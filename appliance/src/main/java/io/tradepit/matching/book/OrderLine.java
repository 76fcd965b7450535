package io.tradepit.matching.book;

/**
 * Byte offsets of an order: the line that matching touches, and the details that only answers need.
 *
 * <pre>
 *   0            8      12         16        20             24    28    32     36   40       42
 *   |order number|price |remaining |executed |chain executed|next |prev |level |urn |session |instrument
 *   44      45    46   47       48        49     50     52         56
 *   |channel|side |tif |display |capacity |sweep |group |same slot |hash key
 *   details: 0 clOrdId 14 firm 18 tags (58 bytes, as in the schema)
 * </pre>
 */
public final class OrderLine {
  public static final int ORDER_NUMBER = 0;
  public static final int PRICE = 8;
  public static final int REMAINING = 12;

  /** Of this user reference number. */
  public static final int EXECUTED = 16;

  /** Of the whole chain of replacements. */
  public static final int CHAIN_EXECUTED = 20;

  /** The next order of the level in time; also the free list's link. */
  public static final int NEXT = 24;

  public static final int PREVIOUS = 28;

  /** 0 = not in the book. */
  public static final int LEVEL = 32;

  public static final int USER_REF_NUM = 36;
  public static final int SESSION = 40;
  public static final int INSTRUMENT = 42;
  public static final int CHANNEL = 44;
  public static final int SIDE = 45;
  public static final int TIME_IN_FORCE = 46;
  public static final int DISPLAY = 47;
  public static final int CAPACITY = 48;
  public static final int SWEEP = 49;

  /** Tag 24; 0 = none. */
  public static final int GROUP = 50;

  /** The next open order in the same slot of the session's table, or 0. */
  public static final int SAME_SLOT = 52;

  public static final int HASH_KEY = 56;

  public static final int CL_ORD_ID = 0;
  public static final int CL_ORD_ID_LAST = 6;
  public static final int FIRM = 14;
  public static final int TAGS = 18;

  private OrderLine() {}
}
