package io.tradepit.main;

import io.tradepit.journal.StateMachine;
import io.tradepit.matching.Matcher;
import io.tradepit.time.Deadline;
import org.agrona.DirectBuffer;

/**
 * The matcher as the released log drives it. Tells the sequencer when the next deadline passes.
 *
 * @param deadline set after every step, by the matcher's thread
 */
record LiveMatcher(Matcher matcher, Deadline deadline) implements StateMachine {
  LiveMatcher {
    deadline.set(matcher.nextDeadlineNs());
  }

  @Override
  public boolean onCommand(
      long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
    boolean complete = matcher.onCommand(sequence, timeNs, buffer, offset, length);
    deadline.set(matcher.nextDeadlineNs());
    return complete;
  }

  @Override
  public boolean resume() {
    boolean complete = matcher.resume();
    deadline.set(matcher.nextDeadlineNs());
    return complete;
  }

  @Override
  public boolean isContinuing() {
    return matcher.isContinuing();
  }
}
