package io.tradepit.matching.rules;

/** Reject reasons of OUCH 5.0 that the rules give (fact sheet 2.9). */
public final class RejectReason {
  public static final int NONE = 0;
  public static final int CLOSED = 0x0002;
  public static final int DISPLAY = 0x0003;
  public static final int MAX_FLOOR = 0x0004;
  public static final int PEG_TYPE = 0x0005;
  public static final int HALTED = 0x0007;
  public static final int SWEEP = 0x0008;
  public static final int SIDE = 0x0009;
  public static final int PROCESSING = 0x000A;
  public static final int FIRM = 0x000C;
  public static final int MIN_QUANTITY = 0x000D;
  public static final int OTHER = 0x000F;
  public static final int PEGGING = 0x0011;
  public static final int QUANTITY = 0x0013;
  public static final int CROSS = 0x0014;
  public static final int SYMBOL = 0x0017;
  public static final int RETAIL = 0x001A;
  public static final int PRICE = 0x001D;
  public static final int MARKET_ORDER = 0x002C;
  public static final int AIQ = 0x0040;

  private RejectReason() {}
}
