package io.tradepit.matching.session;

import static io.tradepit.matching.state.StateDefectException.require;
import static io.tradepit.matching.state.StateDefectException.requireSame;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateHash;
import org.agrona.UnsafeApi;

/**
 * Walks the deadlines of sessions between two commands, trusting nothing. Adds up what they give to
 * the state hash. Not hot.
 */
public final class TimersAudit {
  private final Timers timers;
  private final Sessions sessions;
  private final Regions regions;
  private final Header header;

  public TimersAudit(Timers timers, Sessions sessions, Regions regions, Header header) {
    this.timers = timers;
    this.sessions = sessions;
    this.regions = regions;
    this.header = header;
  }

  /**
   * Checks everything.
   *
   * @return what deadlines add to the state hash
   * @throws io.tradepit.matching.state.StateDefectException at the first thing that is wrong
   */
  public long check() {
    long hash = 0;
    int set = 0;
    for (int session = 0; session < regions.maxSessions; session++) {
      long deadlineNs = timers.deadlineNs(session);
      hash += StateHash.key(StateHash.SESSION_DEADLINE, session) * deadlineNs;
      if (deadlineNs == 0) {
        long links = UnsafeApi.getLong(timers.line(session) + Timers.EARLIER);
        requireSame("links without a deadline", links, 0, "session", session);
      } else {
        set++;
      }
    }
    requireSame("deadlines in their order", checkList(), set, "set", set);
    return hash;
  }

  /** Each deadline is behind the one before: so the walk ends. */
  private int checkList() {
    long next = header.get(Header.FIRST_TIMER);
    int earlier = 0;
    int count = 0;
    while (next != 0) {
      require(next >= 1 && next <= regions.maxSessions, "timer", next, "behind", earlier);
      int session = (int) next - 1;
      long deadlineNs = timers.deadlineNs(session);
      boolean waits =
          sessions.is(session, Sessions.DEFINED) && !sessions.is(session, Sessions.CONNECTED);
      require(waits, "deadline", deadlineNs, "session", session);
      long before = earlier == 0 ? 0 : timers.deadlineNs(earlier - 1);
      boolean isBehind = deadlineNs > before || (deadlineNs == before && session > earlier - 1);
      require(deadlineNs > 0 && isBehind, "deadline", deadlineNs, "session", session);
      long at = timers.line(session);
      requireSame("earlier", UnsafeApi.getInt(at + Timers.EARLIER), earlier, "session", session);
      earlier = session + 1;
      count++;
      next = UnsafeApi.getInt(at + Timers.LATER);
    }
    requireSame("last timer", header.get(Header.LAST_TIMER), earlier, "timers", count);
    return count;
  }
}
