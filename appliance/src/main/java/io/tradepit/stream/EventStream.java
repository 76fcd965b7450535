package io.tradepit.stream;

import org.agrona.DirectBuffer;

/** The matcher's end of the event stream. One thread; no call waits. */
public interface EventStream {
  /**
   * Returned by {@link #offer}: an essential reader is behind; try again in the next duty cycle.
   */
  long BACK_PRESSURED = -1;

  /**
   * Whether a frame of this length would be taken now. True stays true until the next offer.
   *
   * @param length of an {@link EventFrame} with its header, bytes
   * @throws LogFailedException when the stream is closed or its recording is gone
   */
  boolean hasRoom(int length);

  /**
   * Appends one {@link EventFrame}.
   *
   * @return the position behind it, or {@link #BACK_PRESSURED}
   * @throws LogFailedException when the stream can take nothing more
   */
  long offer(DirectBuffer buffer, int offset, int length);
}
