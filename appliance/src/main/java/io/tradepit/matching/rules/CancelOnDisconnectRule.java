package io.tradepit.matching.rules;

import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.session.Timers;
import io.tradepit.matching.state.Header;

/**
 * Cancel on disconnect (RULES.md 10): when the grace time of a session that is away is over, its
 * open orders are canceled, oldest first.
 */
final class CancelOnDisconnectRule {
  private static final long NS_OF_MS = 1_000_000;
  private static final char REASON = 'Z';

  private final MatchingState state;
  private final Header header;
  private final Sessions sessions;
  private final Timers timers;
  private final EventWriter events;
  private final Execution execution;

  CancelOnDisconnectRule(MatchingState state, EventWriter events, Execution execution) {
    this.state = state;
    this.header = state.header;
    this.sessions = state.sessions;
    this.timers = state.timers;
    this.events = events;
    this.execution = execution;
  }

  /** When the orders of a session that is disconnected now are canceled; 0 = they stay. */
  long cancelAtNs(int session) {
    long graceMs = sessions.cancelOnDisconnectMs(session);
    return graceMs == Sessions.STAY || !state.dayIsOpen()
        ? 0
        : header.counter(Header.LAST_TIME_NS) + graceMs * NS_OF_MS;
  }

  /** The session was disconnected; without a grace time its orders go in the same command. */
  boolean disconnected(int session, long cancelAtNs) {
    if (cancelAtNs == 0) {
      return true;
    }
    if (sessions.cancelOnDisconnectMs(session) > 0) {
      timers.set(session, cancelAtNs);
      return true;
    }
    Continuation.begin(header, Continuation.DISCONNECTED, 0);
    header.put(Header.CURSOR_A, session);
    return resume();
  }

  boolean resume() {
    int session = (int) header.get(Header.CURSOR_A);
    if (!cancelAll(session) || events.full()) {
      return false;
    }
    report(session);
    return Continuation.end(header);
  }

  /**
   * Lets the deadlines pass that are due at the time of the command, by deadline and session.
   *
   * @return true when none is left and the command may follow in this step: the last event here is
   *     the first one of its step, so that a command without an event ends with one too
   */
  boolean expire() {
    long nowNs = header.counter(Header.LAST_TIME_NS);
    while (timers.nextDeadlineNs() <= nowNs) {
      int session = timers.next();
      boolean isLast = timers.deadlineBehindNs(session) > nowNs;
      if (!cancelAll(session) || (isLast ? events.count() > 0 : events.full())) {
        return false;
      }
      timers.clear(session);
      report(session);
    }
    return true;
  }

  /** Cancels what the step has room for; true when no order is left. */
  private boolean cancelAll(int session) {
    long canceled = header.get(Header.TOUCHED);
    int oldest = sessions.oldest(session);
    while (oldest != 0 && !events.full()) {
      execution.cancel(oldest, REASON);
      canceled++;
      oldest = sessions.oldest(session);
    }
    header.put(Header.TOUCHED, canceled);
    return oldest == 0;
  }

  private void report(int session) {
    events.sessionOrdersCanceled(session, header.get(Header.TOUCHED));
    header.put(Header.TOUCHED, 0);
  }
}
