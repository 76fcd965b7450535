package io.tradepit.journal;

import java.io.File;

/** A recording that is being extended: its description, its live end and its files. */
record Recording(File directory, RecordingDescription description, RecordedStream stream) {
  RecordingReader newReader() {
    return new RecordingReader(directory, description);
  }

  /** Up to where it is recorded now. */
  long recordedPosition() {
    return stream.recordedPosition();
  }

  void checkReadable(long to) {
    if (to > recordedPosition()) {
      throw new IllegalArgumentException("to=" + to + " recordedPosition=" + recordedPosition());
    }
  }
}
