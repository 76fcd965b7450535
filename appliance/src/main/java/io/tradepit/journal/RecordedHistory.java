package io.tradepit.journal;

import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import java.util.function.LongSupplier;

/** The recorded event stream, read from the archive's files. */
final class RecordedHistory extends RecordedRange<EventHandler> implements EventHistory {
  RecordedHistory(RecordingReader reader, long startPosition, LongSupplier end) {
    super(reader, startPosition, end);
  }

  @Override
  boolean hand(RecordingReader frame, EventHandler handler, long position) {
    handler.onFrame(frame.buffer(), frame.payloadOffset(), frame.payloadLength(), position);
    return true;
  }
}
