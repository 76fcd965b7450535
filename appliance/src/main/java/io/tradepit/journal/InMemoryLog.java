package io.tradepit.journal;

import io.tradepit.stream.Log;
import io.tradepit.stream.LogHandler;
import io.tradepit.stream.LogHistory;
import org.agrona.DirectBuffer;

/**
 * A log in memory for tests and the simulator: it is released as far as the test says, and refuses
 * offers as a log does whose reader or recorder is behind.
 */
public final class InMemoryLog implements Log {
  private final FrameStore frames;
  private final long window;
  private final boolean releasesAtOnce;
  private volatile long released;
  private volatile long polled;

  /**
   * @param capacity of all frames of its life, bytes
   * @param window how far an offer may be ahead of poll and release, bytes
   * @param releasesAtOnce whether an offered frame is released with it
   */
  public InMemoryLog(int capacity, long window, boolean releasesAtOnce) {
    this.frames = new FrameStore(capacity);
    this.window = window;
    this.releasesAtOnce = releasesAtOnce;
  }

  @Override
  public long offer(
      DirectBuffer header,
      int headerOffset,
      int headerLength,
      DirectBuffer body,
      int bodyOffset,
      int bodyLength) {
    int length = headerLength + bodyLength;
    Journal.checkFrameLength(length);
    if (frames.end() - Math.min(polled, released) >= window || !frames.fits(length)) {
      return BACK_PRESSURED;
    }
    int offset = frames.nextOffset();
    frames.buffer().putBytes(offset, header, headerOffset, headerLength);
    frames.buffer().putBytes(offset + headerLength, body, bodyOffset, bodyLength);
    long position = frames.append(length);
    if (releasesAtOnce) {
      released = position;
    }
    return position;
  }

  /** Makes durable what was offered up to this position; the frame it ends behind included. */
  public void release(long position) {
    if (position < released || position > frames.end()) {
      throw new IllegalArgumentException(
          "position=" + position + " released=" + released + " offered=" + frames.end());
    }
    released = position;
  }

  @Override
  public long releasePosition() {
    return released;
  }

  @Override
  public long offeredPosition() {
    return frames.end();
  }

  @Override
  public long polledPosition() {
    return polled;
  }

  @Override
  public int poll(LogHandler handler, int limit) {
    long from = polled;
    long position = from;
    long end = released;
    int taken = 0;
    while (taken < limit
        && position < end
        && handler.onFrame(frames.buffer(), frames.offset(position), frames.length(position))) {
      position = frames.next(position);
      taken++;
    }
    if (position != from) {
      polled = position;
    }
    return taken;
  }

  /** Reads what is released. */
  public LogHistory newHistory() {
    return new History();
  }

  private final class History implements LogHistory {
    @Override
    public long startPosition() {
      return 0;
    }

    @Override
    public long recordedPosition() {
      return released;
    }

    @Override
    public long read(long from, long to, LogHandler handler, int limit) {
      long position = from;
      int taken = 0;
      while (taken < limit
          && position < to
          && handler.onFrame(frames.buffer(), frames.offset(position), frames.length(position))) {
        position = frames.next(position);
        taken++;
      }
      return position;
    }

    @Override
    public void close() {}
  }
}
