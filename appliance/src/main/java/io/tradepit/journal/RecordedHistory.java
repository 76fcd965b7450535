package io.tradepit.journal;

import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;

/** The recorded event stream, read from the archive's files. */
final class RecordedHistory implements EventHistory {
  private final Recording recording;
  private final RecordingReader reader;

  RecordedHistory(Recording recording) {
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
  public long read(long from, long to, EventHandler handler, int limit) {
    recording.checkReadable(to);
    long position = from;
    int frames = 0;
    while (frames < limit && position < to) {
      reader.moveTo(position);
      int alignedLength = reader.alignedLength();
      if (!reader.isPadding()) {
        handler.onFrame(reader.buffer(), reader.payloadOffset(), reader.payloadLength(), position);
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
