package io.tradepit.journal;

import io.tradepit.stream.LogHandler;
import io.tradepit.stream.LogHistory;
import java.util.function.LongSupplier;

/** The recorded log, read from the archive's files. */
final class RecordedLog extends RecordedRange<LogHandler> implements LogHistory {
  RecordedLog(RecordingReader reader, long startPosition, LongSupplier end) {
    super(reader, startPosition, end);
  }

  @Override
  boolean hand(RecordingReader frame, LogHandler handler, long position) {
    return handler.onFrame(frame.buffer(), frame.payloadOffset(), frame.payloadLength());
  }
}
