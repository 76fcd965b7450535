package io.tradepit.matching.session;

import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.book.Orders;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import org.agrona.UnsafeApi;

/**
 * The open orders of each session: by (channel, user reference number) in an open-addressing table,
 * and in a list from oldest to newest. Table entry: the number in the upper, the order in the lower
 * 32 bits. The low three bits of a number stay in line, so that numbers used one after the other
 * share a cache line.
 */
public final class OpenOrders {
  private static final int OLDER = 0;
  private static final int NEWER = 4;
  private static final int IN_LINE = 7;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Memory memory;
  private final Sessions sessions;
  private final Orders orders;
  private final long references;
  private final long links;
  private final int size;

  public OpenOrders(Memory memory, Regions regions, Sessions sessions, Orders orders) {
    this.memory = memory;
    this.sessions = sessions;
    this.orders = orders;
    this.references = regions.references;
    this.links = regions.links;
    this.size = regions.referencesOfSession;
  }

  /** The open order with this number, or 0. */
  public int find(int session, int channel, int userRefNum) {
    int index = home(channel, userRefNum);
    while (true) {
      long entry = UnsafeApi.getLong(address(session, index));
      if (entry == 0) {
        return 0;
      }
      if ((int) (entry >>> 32) == userRefNum && channelOf((int) entry) == channel) {
        return (int) entry;
      }
      index = (index + 1) & (size - 1);
    }
  }

  /** The open order of the same session that was entered or replaced next, or 0. */
  public int newer(int order) {
    return UnsafeApi.getInt(link(order) + NEWER);
  }

  /** The open order of the same session that was entered or replaced before, or 0. */
  int older(int order) {
    return UnsafeApi.getInt(link(order) + OLDER);
  }

  /** An entry of a session's table, or 0. */
  long entry(int session, int index) {
    return UnsafeApi.getLong(address(session, index));
  }

  /** Adds an order as the newest of its session. */
  public void add(int session, int order) {
    long line = orders.line(order);
    int userRefNum = UnsafeApi.getInt(line + OrderLine.USER_REF_NUM);
    int index = home(channelOf(order), userRefNum);
    while (UnsafeApi.getLong(address(session, index)) != 0) {
      index = (index + 1) & (size - 1);
    }
    UnsafeApi.putLong(address(session, index), (Integer.toUnsignedLong(userRefNum) << 32) | order);
    append(session, order);
  }

  private void append(int session, int order) {
    long at = sessions.line(session);
    int newest = UnsafeApi.getInt(at + Sessions.NEWEST);
    UnsafeApi.putInt(link(order) + OLDER, newest);
    UnsafeApi.putInt(link(order) + NEWER, 0);
    UnsafeApi.putInt(newest == 0 ? at + Sessions.OLDEST : link(newest) + NEWER, order);
    UnsafeApi.putInt(at + Sessions.NEWEST, order);
    UnsafeApi.putInt(at + Sessions.OPEN_ORDERS, sessions.openOrders(session) + 1);
  }

  public void remove(int session, int order) {
    int userRefNum = UnsafeApi.getInt(orders.line(order) + OrderLine.USER_REF_NUM);
    int index = home(channelOf(order), userRefNum);
    while ((int) UnsafeApi.getLong(address(session, index)) != order) {
      index = (index + 1) & (size - 1);
    }
    closeGap(session, index);
    unlink(session, order);
  }

  private void unlink(int session, int order) {
    long at = sessions.line(session);
    int older = UnsafeApi.getInt(link(order) + OLDER);
    int newer = UnsafeApi.getInt(link(order) + NEWER);
    UnsafeApi.putInt(older == 0 ? at + Sessions.OLDEST : link(older) + NEWER, newer);
    UnsafeApi.putInt(newer == 0 ? at + Sessions.NEWEST : link(newer) + OLDER, older);
    UnsafeApi.putInt(at + Sessions.OPEN_ORDERS, sessions.openOrders(session) - 1);
  }

  /** Entries behind the gap move forward unless that would put them before their home. */
  private void closeGap(int session, int from) {
    int gap = from;
    int index = from;
    while (true) {
      index = (index + 1) & (size - 1);
      long entry = UnsafeApi.getLong(address(session, index));
      if (entry == 0) {
        UnsafeApi.putLong(address(session, gap), 0);
        return;
      }
      int home = home(channelOf((int) entry), (int) (entry >>> 32));
      if (((index - home) & (size - 1)) >= ((index - gap) & (size - 1))) {
        UnsafeApi.putLong(address(session, gap), entry);
        gap = index;
      }
    }
  }

  private int home(int channel, int userRefNum) {
    long line = (((long) channel << 32) | (userRefNum >>> 3)) * SPREAD;
    return ((int) (line >>> 32) << 3 | (userRefNum & IN_LINE)) & (size - 1);
  }

  private int channelOf(int order) {
    return UnsafeApi.getByte(orders.line(order) + OrderLine.CHANNEL) & 0xFF;
  }

  private long address(int session, int index) {
    return memory.address(
        references + (((long) session * size + index) << Regions.REFERENCE_SHIFT));
  }

  private long link(int order) {
    return memory.address(links + ((long) order << Regions.LINK_SHIFT));
  }
}
