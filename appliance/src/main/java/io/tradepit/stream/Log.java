package io.tradepit.stream;

import org.agrona.DirectBuffer;

/**
 * The log of one trading day of a segment: the sequencer offers, the matcher polls what is
 * released.
 *
 * <p>A position is the byte offset behind a frame; it grows from frame to frame and over restarts
 * of a day. One thread offers and one thread polls; they may be the same. Neither call waits.
 */
public interface Log {
  /**
   * Returned by {@link #offer}: the matcher or the recorder is behind; try again in the next duty
   * cycle.
   */
  long BACK_PRESSURED = -1;

  /**
   * Appends one frame made of a header and a body.
   *
   * @return the position behind the frame, or {@link #BACK_PRESSURED}
   * @throws LogFailedException when the log can take nothing more: it is closed or its recording is
   *     gone
   */
  long offer(
      DirectBuffer header,
      int headerOffset,
      int headerLength,
      DirectBuffer body,
      int bodyOffset,
      int bodyLength);

  /**
   * The position up to which commands are durable as the segment's policy asks. It never decreases.
   * Any thread may ask.
   *
   * @throws LogFailedException when the recording stopped or does not move
   */
  long releasePosition();

  /** The position behind the last frame that was offered. */
  long offeredPosition();

  /** The position behind the last frame that was polled. */
  long polledPosition();

  /**
   * Hands released frames to the handler, in order. The handler answers for each frame whether it
   * took it; a frame that was not taken is offered again in the next poll.
   *
   * @param limit at most this many frames
   * @return the number of frames that were taken
   */
  int poll(LogHandler handler, int limit);
}
