package io.tradepit.matching.session;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateHash;
import org.agrona.UnsafeApi;

/**
 * Member sessions, numbered from 0. Flags: defined, connected, disabled, and order entry disabled
 * for each of the four firms.
 *
 * <pre>
 *   0     4     8                  16             24          30           32      48
 *   |flags|epoch|messages assigned |message key   |username   |home gateway|firms  |open orders
 *   52     56     60
 *   |oldest|newest|grace time of cancel on disconnect, ms
 *   and 256 user reference numbers, the highest seen of each channel
 * </pre>
 */
public final class Sessions {
  public static final int DEFINED = 1;
  public static final int CONNECTED = 2;
  public static final int DISABLED = 4;

  /** In place of a grace time: a disconnect cancels no orders. */
  public static final long STAY = 0xFFFF_FFFFL;

  private static final int FIRM_DISABLED = 8;
  private static final int FLAGS = 0;
  private static final int EPOCH = 4;
  private static final int MESSAGES = 8;
  static final int MESSAGE_KEY = 16;
  private static final int USERNAME = 24;
  private static final int GATEWAY = 30;
  private static final int FIRMS = 32;
  static final int OPEN_ORDERS = 48;
  static final int OLDEST = 52;
  static final int NEWEST = 56;
  private static final int GRACE = 60;
  private static final long FIRM_BYTES = 4;
  private static final int MOST_FIRMS = 4;
  private static final int BLANK_FIRM = 0x20202020;

  private final long firstLine;
  private final long firstChannels;
  private final Regions regions;
  private final Header header;

  public Sessions(Memory memory, Regions regions, Header header) {
    this.firstLine = memory.address(regions.sessions);
    this.firstChannels = memory.address(regions.channels);
    this.regions = regions;
    this.header = header;
  }

  public int capacity() {
    return regions.maxSessions;
  }

  long line(int session) {
    return firstLine + ((long) session << Regions.SESSION_SHIFT);
  }

  public boolean is(int session, int flag) {
    return session < regions.maxSessions && (flags(session) & flag) != 0;
  }

  int flags(int session) {
    return UnsafeApi.getInt(line(session) + FLAGS);
  }

  public void set(int session, int flag, boolean value) {
    int before = flags(session);
    int after = value ? before | flag : before & ~flag;
    header.addToHash(StateHash.key(StateHash.SESSION_FLAGS, session) * (after - before));
    UnsafeApi.putInt(line(session) + FLAGS, after);
  }

  /**
   * @param usernameAndGateway six bytes as they lie in memory, then the home gateway, then 0
   * @param graceMs see {@link #cancelOnDisconnectMs}
   */
  public void define(
      int session, long usernameAndGateway, long firmsFirst, long firmsLast, long graceMs) {
    long at = line(session);
    UnsafeApi.putInt(at + GRACE, (int) graceMs);
    UnsafeApi.putLong(at + USERNAME, usernameAndGateway);
    UnsafeApi.putLong(at + FIRMS, firmsFirst);
    UnsafeApi.putLong(at + FIRMS + 8, firmsLast);
    UnsafeApi.putLong(at + MESSAGE_KEY, StateHash.key(StateHash.SESSION_MESSAGE, session));
    header.addToHash(definitionHash(session, usernameAndGateway, firmsFirst, firmsLast, graceMs));
    set(session, DEFINED, true);
    header.next(Header.SESSIONS);
  }

  /** What a definition adds to the state hash. */
  public static long definitionHash(
      int session, long usernameAndGateway, long firmsFirst, long firmsLast, long graceMs) {
    return StateHash.mix(
            StateHash.mix(usernameAndGateway, session), StateHash.mix(firmsFirst, firmsLast))
        + StateHash.key(StateHash.SESSION_GRACE, session) * graceMs;
  }

  /** Whether a session was defined like this. */
  public boolean equal(
      int session, long usernameAndGateway, long firmsFirst, long firmsLast, long graceMs) {
    long at = line(session);
    return usernameAndGateway(session) == usernameAndGateway
        && UnsafeApi.getLong(at + FIRMS) == firmsFirst
        && UnsafeApi.getLong(at + FIRMS + 8) == firmsLast
        && cancelOnDisconnectMs(session) == graceMs;
  }

  public long usernameAndGateway(int session) {
    return UnsafeApi.getLong(line(session) + USERNAME);
  }

  /** The first two firms as they lie in memory. */
  public long firmsFirst(int session) {
    return UnsafeApi.getLong(line(session) + FIRMS);
  }

  /** The last two firms as they lie in memory. */
  public long firmsLast(int session) {
    return UnsafeApi.getLong(line(session) + FIRMS + 8);
  }

  /** Milliseconds from a disconnect to the cancel of all open orders, or {@link #STAY}. */
  public long cancelOnDisconnectMs(int session) {
    return Integer.toUnsignedLong(UnsafeApi.getInt(line(session) + GRACE));
  }

  public int homeGateway(int session) {
    return UnsafeApi.getByte(line(session) + GATEWAY) & 0xFF;
  }

  /** The session with this username (six bytes as they lie in memory, low), or -1. Not hot. */
  public int find(long username) {
    long mask = 0xFFFF_FFFF_FFFFL;
    for (int i = 0; i < regions.maxSessions; i++) {
      if (is(i, DEFINED) && (usernameAndGateway(i) & mask) == (username & mask)) {
        return i;
      }
    }
    return -1;
  }

  /** Which of the session's firms, from 0; blank is the first. -1 = not one of them. */
  public int firmIndex(int session, int firm) {
    if (firm == BLANK_FIRM) {
      return 0;
    }
    for (int i = 0; i < MOST_FIRMS; i++) {
      if (firm != 0 && firm(session, i) == firm) {
        return i;
      }
    }
    return -1;
  }

  /** The firm with this index, four bytes as they lie in memory. */
  public int firm(int session, int index) {
    return UnsafeApi.getInt(line(session) + FIRMS + index * FIRM_BYTES);
  }

  /** Whether the session may not enter orders of the firm with this index. */
  public boolean isFirmDisabled(int session, int index) {
    return is(session, FIRM_DISABLED << index);
  }

  public void firmDisabled(int session, int index, boolean value) {
    set(session, FIRM_DISABLED << index, value);
  }

  /** The firms whose orders the session may not enter: bit n = the firm with index n. */
  public int disabledFirms(int session) {
    return flags(session) / FIRM_DISABLED;
  }

  public void disabledFirms(int session, int firms) {
    for (int i = 0; i < MOST_FIRMS; i++) {
      firmDisabled(session, i, (firms & 1 << i) != 0);
    }
  }

  /** The epoch of the newest connection. */
  public int epoch(int session) {
    return UnsafeApi.getInt(line(session) + EPOCH);
  }

  public void epoch(int session, int epoch) {
    header.addToHash(
        StateHash.key(StateHash.SESSION_EPOCH, session) * ((long) epoch - epoch(session)));
    UnsafeApi.putInt(line(session) + EPOCH, epoch);
  }

  /** Assigns the next number of the session's outbound stream. */
  public long nextMessageNumber(int session) {
    long at = line(session);
    long number = UnsafeApi.getLong(at + MESSAGES) + 1;
    UnsafeApi.putLong(at + MESSAGES, number);
    header.addToHash(UnsafeApi.getLong(at + MESSAGE_KEY));
    return number;
  }

  public long messagesAssigned(int session) {
    return UnsafeApi.getLong(line(session) + MESSAGES);
  }

  /** Sets the number of messages in the session's stream. */
  public void messagesAssigned(int session, long messages) {
    long at = line(session);
    long more = messages - UnsafeApi.getLong(at + MESSAGES);
    UnsafeApi.putLong(at + MESSAGES, messages);
    header.addToHash(UnsafeApi.getLong(at + MESSAGE_KEY) * more);
  }

  /** The highest user reference number seen in a channel, unsigned. */
  public int highest(int session, int channel) {
    return UnsafeApi.getInt(channelOf(session, channel));
  }

  public boolean isNew(int session, int channel, int userRefNum) {
    return Integer.compareUnsigned(userRefNum, highest(session, channel)) > 0;
  }

  public void consume(int session, int channel, int userRefNum) {
    long at = channelOf(session, channel);
    long more = Integer.toUnsignedLong(userRefNum) - Integer.toUnsignedLong(UnsafeApi.getInt(at));
    header.addToHash(StateHash.key(StateHash.CHANNEL, ((long) session << 8) | channel) * more);
    UnsafeApi.putInt(at, userRefNum);
  }

  private long channelOf(int session, int channel) {
    return firstChannels + ((long) session << Regions.CHANNELS_SHIFT) + ((long) channel << 2);
  }

  public int openOrders(int session) {
    return UnsafeApi.getInt(line(session) + OPEN_ORDERS);
  }

  /** The open order that was entered or replaced first, or 0. */
  public int oldest(int session) {
    return UnsafeApi.getInt(line(session) + OLDEST);
  }
}
