package io.tradepit.journal;

import io.tradepit.stream.LogFailedException;
import java.util.function.LongSupplier;

/**
 * The frames of a recording in their order, read from the archive's files. One thread; allocates
 * only when it goes to another file.
 *
 * @param <H> what takes a frame
 */
abstract class RecordedRange<H> implements AutoCloseable {
  private final RecordingReader reader;
  private final long startPosition;
  private final LongSupplier end;

  /**
   * @param end up to where the recording may be read now
   */
  RecordedRange(RecordingReader reader, long startPosition, LongSupplier end) {
    this.reader = reader;
    this.startPosition = startPosition;
    this.end = end;
  }

  /** Hands the frame that the reader is at to a handler; false when it does not take it. */
  abstract boolean hand(RecordingReader frame, H handler, long position);

  /** Where the recording begins. */
  public final long startPosition() {
    return startPosition;
  }

  /** Up to where it may be read now. */
  public final long recordedPosition() {
    return end.getAsLong();
  }

  /**
   * Hands over frames that begin in {@code [from, to)}, padding left out.
   *
   * @return where to read on: behind the last frame that was taken
   * @throws LogFailedException when the recording is damaged
   */
  public final long read(long from, long to, H handler, int limit) {
    checkReadable(to);
    long position = from;
    int frames = 0;
    while (frames < limit && position < to) {
      reader.moveTo(position);
      int alignedLength = reader.alignedLength();
      if (!reader.isPadding()) {
        if (!hand(reader, handler, position)) {
          return position;
        }
        frames++;
      }
      position += alignedLength;
    }
    return position;
  }

  private void checkReadable(long to) {
    long recorded = end.getAsLong();
    if (to > recorded) {
      throw new IllegalArgumentException("to=" + to + " recordedPosition=" + recorded);
    }
  }

  @Override
  public final void close() {
    reader.close();
  }
}
