package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedFiles;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHistory;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Goes over the recorded event frames, and the events in each. One thread. */
final class EventCursor implements AutoCloseable {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** Takes the events of a frame. */
  interface Visitor {
    /**
     * @param index of the event among those of its command, from 0
     * @param offset of the SBE header
     */
    void onEvent(int index, int templateId, DirectBuffer buffer, int offset);
  }

  private final EventHistory events;
  private final long end;
  private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private long position;
  private long next;

  EventCursor(RecordedFiles files) {
    this(files.newEventHistory(), files.startPosition(), files.endPosition());
  }

  EventCursor(EventHistory events, long from, long end) {
    this.events = events;
    this.next = from;
    this.position = from;
    this.end = end;
  }

  /**
   * Goes to the next frame.
   *
   * @return false when there is none
   * @throws io.tradepit.stream.LogFailedException when the recording is damaged
   */
  boolean next() {
    position = next;
    frame.wrap(0, 0);
    next = events.read(next, end, this::take, 1);
    return isAtFrame();
  }

  private void take(DirectBuffer buffer, int offset, int length, long at) {
    frame.wrap(buffer, offset, length);
    position = at;
  }

  boolean isAtFrame() {
    return frame.capacity() > 0;
  }

  /** Where the frame begins. */
  long position() {
    return position;
  }

  /** Behind the frame. */
  long nextPosition() {
    return next;
  }

  /** Holds the frame, from 0 on; until the next one. */
  DirectBuffer buffer() {
    return frame;
  }

  int frameLength() {
    return frame.capacity();
  }

  /** Of the command that the events are of. */
  long sequence() {
    return frame.getLong(EventFrame.COMMAND_SEQUENCE_OFFSET, ORDER);
  }

  /** Time of that command, since the Unix epoch. */
  long timeNs() {
    return frame.getLong(EventFrame.COMMAND_TIME_NS_OFFSET, ORDER);
  }

  /** The same, since midnight. */
  long wireTimeNs() {
    return frame.getLong(EventFrame.WIRE_TIME_NS_OFFSET, ORDER);
  }

  int firstIndex() {
    return frame.getInt(EventFrame.FIRST_INDEX_OFFSET, ORDER);
  }

  int count() {
    return frame.getShort(EventFrame.COUNT_OFFSET, ORDER) & 0xFFFF;
  }

  short flags() {
    return frame.getShort(EventFrame.FLAGS_OFFSET, ORDER);
  }

  /**
   * Hands over each event of the frame.
   *
   * @return null, or what does not fit in the frame; the events before it were handed over
   */
  String visit(Visitor visitor) {
    int at = EventFrame.HEADER_LENGTH;
    for (int i = 0; i < count(); i++) {
      if (at + MessageHeaderDecoder.ENCODED_LENGTH > frame.capacity()) {
        return "frame ends before its event " + i;
      }
      header.wrap(frame, at);
      int block = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
      if (at + block > frame.capacity()) {
        return "frame ends in its event " + i;
      }
      visitor.onEvent(firstIndex() + i, header.templateId(), frame, at);
      at += BitUtil.align(block, EventFrame.EVENT_ALIGNMENT);
    }
    return at == frame.capacity() ? null : "frame goes on behind its last event";
  }

  @Override
  public void close() {
    events.close();
  }
}
