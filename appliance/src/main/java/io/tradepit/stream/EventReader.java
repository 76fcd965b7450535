package io.tradepit.stream;

/** A reader's end of the live event stream. One thread; no call waits. */
public interface EventReader {
  /**
   * Hands frames to the handler, in order.
   *
   * @param limit at most this many frames
   * @return the number of frames handed over
   */
  int poll(EventHandler handler, int limit);

  /** The position behind the last frame handed over; at first, where the stream was joined. */
  long position();
}
