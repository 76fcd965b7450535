package io.tradepit.stream;

/**
 * The recorded event stream of the day, from its first event. Each reader has an instance of its
 * own.
 */
public interface EventHistory extends AutoCloseable {
  /** Where the stream of the day begins. */
  long startPosition();

  /** Up to where it is recorded now. */
  long recordedPosition();

  /**
   * Hands recorded frames that begin in {@code [from, to)} to the handler, in order.
   *
   * @param from a position where a frame begins, or {@link #startPosition}
   * @param to at most {@link #recordedPosition}
   * @param limit at most this many frames
   * @return where to read on: behind the last frame handed over
   * @throws LogFailedException when the recording is damaged; the message names recording and
   *     position
   */
  long read(long from, long to, EventHandler handler, int limit);

  @Override
  void close();
}
