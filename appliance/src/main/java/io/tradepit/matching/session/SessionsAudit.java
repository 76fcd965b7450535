package io.tradepit.matching.session;

import static io.tradepit.matching.state.StateDefectException.require;
import static io.tradepit.matching.state.StateDefectException.requireSame;

import io.tradepit.matching.book.BooksAudit;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.book.Orders;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateHash;
import org.agrona.UnsafeApi;

/**
 * Walks the sessions and their open orders between two commands, when the books were found in
 * order. Adds up what sessions give to the state hash. Not hot.
 */
public final class SessionsAudit {
  private static final int CHANNELS = 256;

  private final Sessions sessions;
  private final OpenOrders openOrders;
  private final Orders orders;
  private final BooksAudit books;
  private final Regions regions;
  private final Header header;

  /**
   * @param books that were checked
   */
  public SessionsAudit(
      Sessions sessions,
      OpenOrders openOrders,
      Orders orders,
      BooksAudit books,
      Regions regions,
      Header header) {
    this.sessions = sessions;
    this.openOrders = openOrders;
    this.orders = orders;
    this.books = books;
    this.regions = regions;
    this.header = header;
  }

  /**
   * Checks everything.
   *
   * @return what sessions add to the state hash
   * @throws io.tradepit.matching.state.StateDefectException at the first thing that is wrong
   */
  public long check() {
    long hash = 0;
    long defined = 0;
    long open = 0;
    for (int session = 0; session < regions.maxSessions; session++) {
      if (sessions.is(session, Sessions.DEFINED)) {
        defined++;
        open += checkOpenOrders(session);
        checkReferences(session);
        long key = UnsafeApi.getLong(sessions.line(session) + Sessions.MESSAGE_KEY);
        long needed = StateHash.key(StateHash.SESSION_MESSAGE, session);
        requireSame("message key", key, needed, "session", session);
        hash += hashOf(session);
      } else {
        checkUndefined(session);
      }
    }
    requireSame("sessions", header.counter(Header.SESSIONS), defined, "defined", defined);
    requireSame("open orders of sessions", open, orders.pool().inUse(), "sessions", defined);
    return hash;
  }

  private void checkUndefined(int session) {
    long at = sessions.line(session);
    for (int i = 0; i < 1 << Regions.SESSION_SHIFT; i += Long.BYTES) {
      requireSame("not defined", UnsafeApi.getLong(at + i), 0, "session", session);
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
      requireSame("not defined", sessions.highest(session, channel), 0, "session", session);
    }
  }

  private long hashOf(int session) {
    long hash =
        Sessions.definitionHash(
            session,
            sessions.usernameAndGateway(session),
            sessions.firmsFirst(session),
            sessions.firmsLast(session),
            sessions.cancelOnDisconnectMs(session));
    hash += StateHash.key(StateHash.SESSION_FLAGS, session) * sessions.flags(session);
    hash += StateHash.key(StateHash.SESSION_EPOCH, session) * sessions.epoch(session);
    hash += StateHash.key(StateHash.SESSION_MESSAGE, session) * sessions.messagesAssigned(session);
    for (int channel = 0; channel < CHANNELS; channel++) {
      hash +=
          StateHash.key(StateHash.CHANNEL, ((long) session << 8) | channel)
              * Integer.toUnsignedLong(sessions.highest(session, channel));
    }
    return hash;
  }

  /** The list from the oldest to the newest; returns how many there are. */
  private int checkOpenOrders(int session) {
    long at = sessions.line(session);
    int order = UnsafeApi.getInt(at + Sessions.OLDEST);
    int older = 0;
    int count = 0;
    long number = 0;
    while (order != 0) {
      require(books.isResting(order), "open order", order, "session", session);
      requireSame("link to older", openOrders.older(order), older, "order", order);
      long line = orders.line(order);
      int of = UnsafeApi.getShort(line + OrderLine.SESSION) & 0xFFFF;
      requireSame("session", of, session, "order", order);
      // Each is above the one before: so the walk ends.
      long next = UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER);
      require(next > number, "open order out of order", next, "order", order);
      number = next;
      older = order;
      count++;
      order = openOrders.newer(order);
    }
    requireSame("newest", UnsafeApi.getInt(at + Sessions.NEWEST), older, "session", session);
    requireSame("open orders", sessions.openOrders(session), count, "session", session);
    return count;
  }

  /** As many entries as there are open orders, and each of these is found by its number. */
  private void checkReferences(int session) {
    int entries = 0;
    for (int slot = 0; slot < regions.referencesOfSession; slot++) {
      int order = openOrders.first(session, slot);
      while (order != 0) {
        require(books.isResting(order), "reference", order, "session", session);
        requireSame("slot", openOrders.home(order), slot, "order", order);
        entries++;
        // A chain that runs in a circle ends here.
        require(entries <= sessions.openOrders(session), "references", entries, "slot", slot);
        order = openOrders.behind(order);
      }
    }
    requireSame("references", entries, sessions.openOrders(session), "session", session);
    int order = sessions.oldest(session);
    while (order != 0) {
      long line = orders.line(order);
      int channel = UnsafeApi.getByte(line + OrderLine.CHANNEL) & 0xFF;
      int number = UnsafeApi.getInt(line + OrderLine.USER_REF_NUM);
      requireSame(
          "order by number", openOrders.find(session, channel, number), order, "order", order);
      order = openOrders.newer(order);
    }
  }
}
