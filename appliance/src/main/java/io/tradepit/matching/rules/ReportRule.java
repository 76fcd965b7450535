package io.tradepit.matching.rules;

import io.tradepit.matching.state.Header;
import io.tradepit.protocol.sbe.MarkStateDecoder;
import org.agrona.DirectBuffer;

/** Reports of the state, for who compares or takes a snapshot (RULES.md 9). */
final class ReportRule {
  /** Commands from one report to the next that nobody asked for; a power of two. */
  static final int INTERVAL = 16_384;

  private final Header header;
  private final EventWriter events;
  private final MarkStateDecoder mark = new MarkStateDecoder();
  // Within a command of one step only: it is not part of the state.
  private boolean isMarked;

  ReportRule(MatchingState state, EventWriter events) {
    this.header = state.header;
    this.events = events;
  }

  /** The one who asks gets the report in place of the one that may be due. */
  boolean mark(DirectBuffer buffer, int offset) {
    mark.wrap(buffer, offset, MarkStateDecoder.BLOCK_LENGTH, MarkStateDecoder.SCHEMA_VERSION);
    events.stateReported(mark.correlationId());
    isMarked = true;
    return true;
  }

  /** The command is complete but for a report that is due; false when that has no room now. */
  boolean complete() {
    boolean isDue = (header.counter(Header.LAST_SEQUENCE) & (INTERVAL - 1)) == 0 && !isMarked;
    isMarked = false;
    if (isDue && events.full()) {
      Continuation.begin(header, Continuation.REPORT, 0);
      return false;
    }
    if (isDue) {
      events.stateReported(0);
    }
    return true;
  }

  /** The report is all that is left of the command. */
  boolean resume() {
    return Continuation.end(header);
  }
}
