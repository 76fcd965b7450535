package io.tradepit.matching;

import io.tradepit.matching.book.BooksAudit;
import io.tradepit.matching.rules.MatchingState;
import io.tradepit.matching.session.SessionsAudit;
import io.tradepit.matching.session.TimersAudit;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.StateDefectException;

/**
 * Proves the matching state from its records alone: that all links, counts and tables agree, and
 * that the running state hash is the one of what stands there. For memory that a process has left
 * behind. At start, between two commands; reads all of it once and allocates a bit a record.
 *
 * <p>What is in no hash and in no link is not proved: the values of an order's tags.
 */
public final class StateAudit {
  private StateAudit() {}

  /**
   * Checks everything.
   *
   * @return null, or one line of {@code name=value} that names the first thing that is wrong
   */
  public static String defect(Matcher matcher) {
    try {
      StateDefectException.requireSame(
          "state hash",
          matcher.stateHash(),
          stateHash(matcher),
          "sequence",
          matcher.lastSequence());
      return null;
    } catch (StateDefectException e) {
      return e.getMessage();
    }
  }

  /**
   * The state hash, computed from the records.
   *
   * @throws StateDefectException when the records contradict each other, or a command is not
   *     complete
   */
  public static long stateHash(Matcher matcher) {
    MatchingState state = matcher.state();
    Header header = state.header;
    StateDefectException.require(
        !header.isHalfApplied() && !matcher.isContinuing(),
        "not complete",
        header.get(Header.CONTINUATION),
        "sequence",
        header.begun());
    StateDefectException.requireSame(
        "last sequence", matcher.lastSequence(), header.begun(), "applied", header.begun());
    BooksAudit books = new BooksAudit(state.books, state.memory, state.regions, header);
    long hash = books.check();
    SessionsAudit sessions =
        new SessionsAudit(
            state.sessions, state.openOrders, state.orders, books, state.regions, header);
    TimersAudit timers = new TimersAudit(state.timers, state.sessions, state.regions, header);
    return hash + sessions.check() + timers.check() + header.countersHash();
  }
}
