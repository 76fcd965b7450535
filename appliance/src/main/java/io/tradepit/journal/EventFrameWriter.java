package io.tradepit.journal;

import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.LogFailedException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns what the matcher emits into frames of the event stream, one frame for each call.
 *
 * <p>Belongs to the matcher's thread; allocates nothing. The driver asks for room before each step,
 * so that a refused frame is a broken invariant.
 */
public final class EventFrameWriter {
  private final EventStream events;
  private final UnsafeBuffer frame;
  private final int maxEventsLength;

  /**
   * @param maxEventsLength of the events of one step, without the frame header, bytes
   */
  public EventFrameWriter(EventStream events, int maxEventsLength) {
    this.events = events;
    this.maxEventsLength = maxEventsLength;
    Journal.checkFrameLength(EventFrame.HEADER_LENGTH + maxEventsLength);
    this.frame = new UnsafeBuffer(new byte[EventFrame.HEADER_LENGTH + maxEventsLength]);
  }

  /** Whether a step of the matcher can emit as much as it ever does. */
  public boolean hasRoom() {
    return events.hasRoom(frame.capacity());
  }

  /**
   * Offers one frame.
   *
   * @param wireTimeNs nanoseconds since midnight of the trading day
   * @param firstIndex of these events among those of their command, from 0
   * @param last whether the command is complete with them
   * @throws LogFailedException when the stream refuses it
   */
  public void onEvents(
      long commandSequence,
      long commandTimeNs,
      long wireTimeNs,
      int firstIndex,
      int count,
      boolean last,
      DirectBuffer buffer,
      int offset,
      int length) {
    if (length > maxEventsLength) {
      throw new LogFailedException("eventsLength=" + length + " allowed=" + maxEventsLength);
    }
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    frame.putLong(EventFrame.COMMAND_SEQUENCE_OFFSET, commandSequence, order);
    frame.putLong(EventFrame.COMMAND_TIME_NS_OFFSET, commandTimeNs, order);
    frame.putLong(EventFrame.WIRE_TIME_NS_OFFSET, wireTimeNs, order);
    frame.putInt(EventFrame.FIRST_INDEX_OFFSET, firstIndex, order);
    frame.putShort(EventFrame.COUNT_OFFSET, (short) count, order);
    frame.putShort(EventFrame.FLAGS_OFFSET, last ? EventFrame.LAST : 0, order);
    frame.putBytes(EventFrame.HEADER_LENGTH, buffer, offset, length);
    if (events.offer(frame, 0, EventFrame.HEADER_LENGTH + length) < 0) {
      throw new LogFailedException(
          "event stream refused a frame that it had room for: commandSequence=" + commandSequence);
    }
  }
}
