package io.tradepit.stream;

/** The recorded log of the day, from its first command. Each reader has an instance of its own. */
public interface LogHistory extends AutoCloseable {
  /** Where the log of the day begins. */
  long startPosition();

  /** Up to where it is recorded now. */
  long recordedPosition();

  /**
   * Hands recorded frames that begin in {@code [from, to)} to the handler, in order, until it takes
   * no more.
   *
   * @param from a position where a frame begins, or {@link #startPosition}
   * @param to at most {@link #recordedPosition}
   * @param limit at most this many frames
   * @return where to read on: behind the last frame that was taken
   * @throws LogFailedException when the recording is damaged; the message names recording and
   *     position
   */
  long read(long from, long to, LogHandler handler, int limit);

  @Override
  void close();
}
