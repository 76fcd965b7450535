package io.tradepit.journal;

import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.EventStream;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * An event stream in memory for tests and the simulator, with any number of readers, which it waits
 * for.
 */
public final class InMemoryEventStream implements EventStream {
  private final FrameStore frames;
  private final long window;
  private volatile Reader[] readers = {};

  /**
   * @param capacity of all frames of its life, bytes
   * @param window how far an offer may be ahead of the slowest reader, bytes
   */
  public InMemoryEventStream(int capacity, long window) {
    this.frames = new FrameStore(capacity);
    this.window = window;
  }

  @Override
  public boolean hasRoom(int length) {
    return frames.end() - slowest() < window && frames.fits(length);
  }

  private long slowest() {
    long slowest = frames.end();
    Reader[] all = readers;
    for (int i = 0; i < all.length; i++) {
      slowest = Math.min(slowest, all[i].position);
    }
    return slowest;
  }

  @Override
  public long offer(DirectBuffer buffer, int offset, int length) {
    Journal.checkFrameLength(length);
    if (!hasRoom(length)) {
      return BACK_PRESSURED;
    }
    frames.buffer().putBytes(frames.nextOffset(), buffer, offset, length);
    return frames.append(length);
  }

  /** A reader from here on. */
  public EventReader newReader() {
    Reader[] more = Arrays.copyOf(readers, readers.length + 1);
    Reader reader = new Reader(frames.end());
    more[readers.length] = reader;
    readers = more;
    return reader;
  }

  /** Reads what was offered. */
  public EventHistory newHistory() {
    return new History();
  }

  private long read(long from, long to, EventHandler handler, int limit) {
    long position = from;
    for (int taken = 0; taken < limit && position < to; taken++) {
      handler.onFrame(frames.buffer(), frames.offset(position), frames.length(position), position);
      position = frames.next(position);
    }
    return position;
  }

  private final class Reader implements EventReader {
    private volatile long position;

    Reader(long position) {
      this.position = position;
    }

    @Override
    public int poll(EventHandler handler, int limit) {
      int taken = 0;
      long end = frames.end();
      while (taken < limit && position < end) {
        position = read(position, end, handler, 1);
        taken++;
      }
      return taken;
    }

    @Override
    public long position() {
      return position;
    }
  }

  private final class History implements EventHistory {
    @Override
    public long startPosition() {
      return 0;
    }

    @Override
    public long recordedPosition() {
      return frames.end();
    }

    @Override
    public long read(long from, long to, EventHandler handler, int limit) {
      return InMemoryEventStream.this.read(from, to, handler, limit);
    }

    @Override
    public void close() {}
  }
}
