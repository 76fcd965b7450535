package io.tradepit.journal;

import io.tradepit.stream.LogHandler;
import io.tradepit.stream.LogHistory;

/** The recorded log, read from the archive's files. */
final class RecordedLog implements LogHistory {
  private final Recording recording;
  private final RecordingReader reader;

  RecordedLog(Recording recording) {
    this.recording = recording;
    this.reader = recording.newReader();
  }

  @Override
  public long startPosition() {
    return recording.description().startPosition();
  }

  @Override
  public long recordedPosition() {
    return recording.recordedPosition();
  }

  @Override
  public long read(long from, long to, LogHandler handler, int limit) {
    recording.checkReadable(to);
    long position = from;
    int frames = 0;
    while (frames < limit && position < to) {
      reader.moveTo(position);
      int alignedLength = reader.alignedLength();
      if (!reader.isPadding()) {
        if (!handler.onFrame(reader.buffer(), reader.payloadOffset(), reader.payloadLength())) {
          return position;
        }
        frames++;
      }
      position += alignedLength;
    }
    return position;
  }

  @Override
  public void close() {
    reader.close();
  }
}
