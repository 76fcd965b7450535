package io.tradepit.journal;

import java.io.File;

/** A recording that is being extended: its description, its live end and its files. */
record Recording(File directory, RecordingDescription description, RecordedStream stream) {
  RecordedLog newLogHistory() {
    return new RecordedLog(newReader(), description.startPosition(), stream::recordedPosition);
  }

  RecordedHistory newEventHistory() {
    return new RecordedHistory(newReader(), description.startPosition(), stream::recordedPosition);
  }

  private RecordingReader newReader() {
    return new RecordingReader(directory, description);
  }
}
