package io.tradepit.matching.session;

import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.book.Orders;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import org.agrona.UnsafeApi;

/**
 * The open orders of each session: by (channel, user reference number) in a chained hash table
 * whose links stand in the orders' lines, and in a list from oldest to newest. A slot is the first
 * order of its chain. Numbers used one after the other have slots one behind the other, which
 * caches and prefetchers like; numbers a power of two apart are spread. A look-up touches the slot
 * and the order.
 */
public final class OpenOrders {
  private static final int OLDER = 0;
  private static final int NEWER = 4;
  private static final int BLOCK_SHIFT = 12;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Sessions sessions;
  private final Orders orders;
  private final long firstSlot;
  private final long firstLink;
  private final int size;
  // What was looked for last, until the table changes, and the link that leads to it.
  private int found;
  private long foundLink;

  public OpenOrders(Memory memory, Regions regions, Sessions sessions, Orders orders) {
    this.sessions = sessions;
    this.orders = orders;
    this.firstSlot = memory.address(regions.references);
    this.firstLink = memory.address(regions.links);
    this.size = regions.referencesOfSession;
  }

  /** The open order with this number, or 0. */
  public int find(int session, int channel, int userRefNum) {
    long link = slot(session, home(channel, userRefNum));
    int order = UnsafeApi.getInt(link);
    while (order != 0) {
      long line = orders.line(order);
      if (UnsafeApi.getInt(line + OrderLine.USER_REF_NUM) == userRefNum
          && channelOf(line) == channel) {
        found = order;
        foundLink = link;
        return order;
      }
      link = line + OrderLine.SAME_SLOT;
      order = UnsafeApi.getInt(link);
    }
    return 0;
  }

  /** The open order of the same session that was entered or replaced next, or 0. */
  public int newer(int order) {
    return UnsafeApi.getInt(link(order) + NEWER);
  }

  /** The open order of the same session that was entered or replaced before, or 0. */
  int older(int order) {
    return UnsafeApi.getInt(link(order) + OLDER);
  }

  /** The first order of a slot of a session's table, or 0. */
  int first(int session, int slot) {
    return UnsafeApi.getInt(slot(session, slot));
  }

  /** The next order of the same slot, or 0. */
  int behind(int order) {
    return UnsafeApi.getInt(orders.line(order) + OrderLine.SAME_SLOT);
  }

  /** The slot where an order belongs. */
  int home(int order) {
    long line = orders.line(order);
    return home(channelOf(line), UnsafeApi.getInt(line + OrderLine.USER_REF_NUM));
  }

  /** Adds an order as the newest of its session. */
  public void add(int session, int order) {
    long slot = slot(session, home(order));
    UnsafeApi.putInt(orders.line(order) + OrderLine.SAME_SLOT, UnsafeApi.getInt(slot));
    UnsafeApi.putInt(slot, order);
    found = 0;
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
    long link = order == found ? foundLink : linkTo(session, order);
    UnsafeApi.putInt(link, behind(order));
    found = 0;
    unlink(session, order);
  }

  private long linkTo(int session, int order) {
    long link = slot(session, home(order));
    int linked = UnsafeApi.getInt(link);
    while (linked != order) {
      link = orders.line(linked) + OrderLine.SAME_SLOT;
      linked = UnsafeApi.getInt(link);
    }
    return link;
  }

  private void unlink(int session, int order) {
    long at = sessions.line(session);
    int older = UnsafeApi.getInt(link(order) + OLDER);
    int newer = UnsafeApi.getInt(link(order) + NEWER);
    UnsafeApi.putInt(older == 0 ? at + Sessions.OLDEST : link(older) + NEWER, newer);
    UnsafeApi.putInt(newer == 0 ? at + Sessions.NEWEST : link(newer) + OLDER, older);
    UnsafeApi.putInt(at + Sessions.OPEN_ORDERS, sessions.openOrders(session) - 1);
  }

  /** Numbers of a block follow each other; where it begins depends on its number and channel. */
  private int home(int channel, int userRefNum) {
    long block = (((long) channel << 32) | (userRefNum >>> BLOCK_SHIFT)) * SPREAD;
    return ((int) (block >>> 32) + userRefNum) & (size - 1);
  }

  private static int channelOf(long line) {
    return UnsafeApi.getByte(line + OrderLine.CHANNEL) & 0xFF;
  }

  private long slot(int session, int index) {
    return firstSlot + (((long) session * size + index) << Regions.REFERENCE_SHIFT);
  }

  private long link(int order) {
    return firstLink + ((long) order << Regions.LINK_SHIFT);
  }
}
