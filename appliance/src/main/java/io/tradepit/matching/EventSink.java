package io.tradepit.matching;

import org.agrona.DirectBuffer;

/** Takes the events of a command, or of one step of it. */
@FunctionalInterface
public interface EventSink {
  /**
   * @param commandTimeNs since the Unix epoch
   * @param wireTimeNs since midnight of the trading day (since the epoch before the first day)
   * @param firstIndex of the first event here among the events of its command, from 0
   * @param count of events, from 1
   * @param last the command is complete
   * @param events valid during the call only: SBE header and block each, padded with zeros to 8
   * @param length at most {@link Matcher#MAX_STEP_BYTES}
   */
  void onEvents(
      long commandSequence,
      long commandTimeNs,
      long wireTimeNs,
      int firstIndex,
      int count,
      boolean last,
      DirectBuffer events,
      int offset,
      int length);
}
