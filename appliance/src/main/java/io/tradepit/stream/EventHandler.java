package io.tradepit.stream;

import org.agrona.DirectBuffer;

/** Takes frames of the event stream, see {@link EventFrame}. */
@FunctionalInterface
public interface EventHandler {
  /**
   * @param buffer valid during the call only
   * @param offset of the frame header
   * @param length of header and events, bytes
   * @param position where the frame begins in the stream: what {@link EventHistory#read} takes to
   *     begin with it
   */
  void onFrame(DirectBuffer buffer, int offset, int length, long position);
}
