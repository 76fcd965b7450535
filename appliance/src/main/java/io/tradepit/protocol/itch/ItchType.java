package io.tradepit.protocol.itch;

import java.util.Arrays;

/** Types of ITCH 5.0 messages and their lengths. */
public final class ItchType {
  public static final byte SYSTEM_EVENT = 'S';
  public static final byte STOCK_DIRECTORY = 'R';
  public static final byte TRADING_ACTION = 'H';
  public static final byte REG_SHO = 'Y';
  public static final byte PARTICIPANT_POSITION = 'L';
  public static final byte MWCB_DECLINE_LEVEL = 'V';
  public static final byte MWCB_STATUS = 'W';
  public static final byte IPO_QUOTING_PERIOD = 'K';
  public static final byte LULD_COLLAR = 'J';
  public static final byte OPERATIONAL_HALT = 'h';
  public static final byte ADD_ORDER = 'A';
  public static final byte ADD_ATTRIBUTED_ORDER = 'F';
  public static final byte ORDER_EXECUTED = 'E';
  public static final byte ORDER_EXECUTED_WITH_PRICE = 'C';
  public static final byte ORDER_CANCEL = 'X';
  public static final byte ORDER_DELETE = 'D';
  public static final byte ORDER_REPLACE = 'U';
  public static final byte TRADE = 'P';
  public static final byte CROSS_TRADE = 'Q';
  public static final byte BROKEN_TRADE = 'B';
  public static final byte IMBALANCE = 'I';
  public static final byte RETAIL_INTEREST = 'N';
  public static final byte DIRECT_LISTING = 'O';

  /** Returned by {@link #lengthOf} for a type that ITCH 5.0 does not have. */
  public static final int UNKNOWN = -1;

  private static final byte[] LENGTHS = lengths();

  private ItchType() {}

  /** Length of a message of this type, bytes, or {@link #UNKNOWN}. */
  public static int lengthOf(byte type) {
    return type < 0 ? UNKNOWN : LENGTHS[type];
  }

  private static byte[] lengths() {
    byte[] lengths = new byte[Byte.MAX_VALUE + 1];
    Arrays.fill(lengths, (byte) UNKNOWN);
    lengths[SYSTEM_EVENT] = 12;
    lengths[STOCK_DIRECTORY] = 39;
    lengths[TRADING_ACTION] = 25;
    lengths[REG_SHO] = 20;
    lengths[PARTICIPANT_POSITION] = 26;
    lengths[MWCB_DECLINE_LEVEL] = 35;
    lengths[MWCB_STATUS] = 12;
    lengths[IPO_QUOTING_PERIOD] = 28;
    lengths[LULD_COLLAR] = 35;
    lengths[OPERATIONAL_HALT] = 21;
    lengths[ADD_ORDER] = 36;
    lengths[ADD_ATTRIBUTED_ORDER] = 40;
    lengths[ORDER_EXECUTED] = 31;
    lengths[ORDER_EXECUTED_WITH_PRICE] = 36;
    lengths[ORDER_CANCEL] = 23;
    lengths[ORDER_DELETE] = 19;
    lengths[ORDER_REPLACE] = 35;
    lengths[TRADE] = 44;
    lengths[CROSS_TRADE] = 40;
    lengths[BROKEN_TRADE] = 19;
    lengths[IMBALANCE] = 50;
    lengths[RETAIL_INTEREST] = 20;
    lengths[DIRECT_LISTING] = 48;
    return lengths;
  }
}
