package io.tradepit.perf.pipeline;

import io.tradepit.journal.StateMachine;
import io.tradepit.matching.Matcher;
import org.agrona.DirectBuffer;

/** The matcher as the released log drives it; there are no timers in the workload. */
record MatcherMachine(Matcher matcher) implements StateMachine {
  @Override
  public boolean onCommand(
      long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
    return matcher.onCommand(sequence, timeNs, buffer, offset, length);
  }

  @Override
  public boolean resume() {
    return matcher.resume();
  }

  @Override
  public boolean isContinuing() {
    return matcher.isContinuing();
  }
}
