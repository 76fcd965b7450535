package io.tradepit.tools.journal;

import io.tradepit.matching.EventSink;
import org.agrona.DirectBuffer;

/** Takes events that nobody needs. */
final class NoSink implements EventSink {
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
    // They were compared before, or are made again later.
  }
}
