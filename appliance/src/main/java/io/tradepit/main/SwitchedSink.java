package io.tradepit.main;

import io.tradepit.matching.EventSink;
import org.agrona.DirectBuffer;

/**
 * What the matcher emits into: the comparison with the recording while it recovers, the event
 * stream when it is live.
 */
final class SwitchedSink implements EventSink {
  private EventSink target;

  void direct(EventSink newTarget) {
    target = newTarget;
  }

  @Override
  public void onEvents(
      long commandSequence,
      long commandTimeNs,
      long wireTimeNs,
      int firstIndex,
      int count,
      boolean last,
      DirectBuffer events,
      int offset,
      int length) {
    target.onEvents(
        commandSequence,
        commandTimeNs,
        wireTimeNs,
        firstIndex,
        count,
        last,
        events,
        offset,
        length);
  }
}
