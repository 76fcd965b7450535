package io.tradepit.matching.session;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateHash;
import org.agrona.UnsafeApi;

/**
 * The deadlines of sessions, at most one each, in a list from the earliest to the latest; equal
 * ones by session. First and last stand in the {@link Header}, as the session plus one.
 *
 * <pre>
 *   0                         8        12
 *   |deadline ns, 0 = none    |earlier |later    (session plus one, 0 = none)
 * </pre>
 *
 * A new deadline is searched from the latest one, where those of one length are put at once.
 */
public final class Timers {
  private static final int DEADLINE = 0;
  static final int EARLIER = 8;
  static final int LATER = 12;

  private final Memory memory;
  private final Regions regions;
  private final Header header;

  public Timers(Memory memory, Regions regions, Header header) {
    this.memory = memory;
    this.regions = regions;
    this.header = header;
  }

  long line(int session) {
    return memory.address(regions.timers + ((long) session << Regions.TIMER_SHIFT));
  }

  /** The deadline of a session, since the Unix epoch; 0 = none. */
  public long deadlineNs(int session) {
    return UnsafeApi.getLong(line(session) + DEADLINE);
  }

  /** The earliest deadline; Long.MAX_VALUE while there is none. */
  public long nextDeadlineNs() {
    int first = (int) header.get(Header.FIRST_TIMER);
    return first == 0 ? Long.MAX_VALUE : deadlineNs(first - 1);
  }

  /** The session whose deadline is the earliest; there has to be one. */
  public int next() {
    return (int) header.get(Header.FIRST_TIMER) - 1;
  }

  /** The deadline behind that of a session; Long.MAX_VALUE when there is none. */
  public long deadlineBehindNs(int session) {
    int later = UnsafeApi.getInt(line(session) + LATER);
    return later == 0 ? Long.MAX_VALUE : deadlineNs(later - 1);
  }

  /** Gives a session that has none a deadline above 0. */
  public void set(int session, long deadlineNs) {
    int earlier = (int) header.get(Header.LAST_TIMER);
    while (earlier != 0 && isBehind(earlier - 1, deadlineNs, session)) {
      earlier = UnsafeApi.getInt(line(earlier - 1) + EARLIER);
    }
    int later =
        earlier == 0
            ? (int) header.get(Header.FIRST_TIMER)
            : UnsafeApi.getInt(line(earlier - 1) + LATER);
    long at = line(session);
    UnsafeApi.putLong(at + DEADLINE, deadlineNs);
    UnsafeApi.putInt(at + EARLIER, earlier);
    UnsafeApi.putInt(at + LATER, later);
    join(earlier, session + 1);
    join(session + 1, later);
    header.addToHash(StateHash.key(StateHash.SESSION_DEADLINE, session) * deadlineNs);
  }

  private boolean isBehind(int other, long deadlineNs, int session) {
    long of = deadlineNs(other);
    return of > deadlineNs || (of == deadlineNs && other > session);
  }

  /** Takes the deadline of a session away, if it has one. */
  public void clear(int session) {
    long at = line(session);
    long deadlineNs = UnsafeApi.getLong(at + DEADLINE);
    if (deadlineNs != 0) {
      join(UnsafeApi.getInt(at + EARLIER), UnsafeApi.getInt(at + LATER));
      UnsafeApi.putLong(at + DEADLINE, 0);
      UnsafeApi.putInt(at + EARLIER, 0);
      UnsafeApi.putInt(at + LATER, 0);
      header.addToHash(-StateHash.key(StateHash.SESSION_DEADLINE, session) * deadlineNs);
    }
  }

  private void join(int earlier, int later) {
    if (earlier == 0) {
      header.put(Header.FIRST_TIMER, later);
    } else {
      UnsafeApi.putInt(line(earlier - 1) + LATER, later);
    }
    if (later == 0) {
      header.put(Header.LAST_TIMER, earlier);
    } else {
      UnsafeApi.putInt(line(later - 1) + EARLIER, earlier);
    }
  }
}
