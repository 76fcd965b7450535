package io.tradepit.recovery;

import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Holds each frame that the matcher emits in recovery against the frame that was recorded for it.
 *
 * <p>The first frame that was not recorded is kept: it is the first one to append, and recovery
 * ends with it.
 */
final class EventComparison {
  private final EventHistory recorded;
  private final long end;
  private final EventHandler comparison = this::compare;
  private final ExpandableArrayBuffer frame = new ExpandableArrayBuffer(64 * 1024);
  private long position;
  private long compared;
  private int length;
  private boolean beyond;

  EventComparison(EventHistory recorded, long end) {
    this.recorded = recorded;
    this.end = end;
    this.position = recorded.startPosition();
  }

  /** Takes the events of one step, as the matcher emits them. */
  void onEvents(
      long sequence,
      long timeNs,
      long wireTimeNs,
      int firstIndex,
      int count,
      boolean last,
      DirectBuffer events,
      int offset,
      int eventsLength) {
    frame.putLong(EventFrame.COMMAND_SEQUENCE_OFFSET, sequence);
    frame.putLong(EventFrame.COMMAND_TIME_NS_OFFSET, timeNs);
    frame.putLong(EventFrame.WIRE_TIME_NS_OFFSET, wireTimeNs);
    frame.putInt(EventFrame.FIRST_INDEX_OFFSET, firstIndex);
    frame.putShort(EventFrame.COUNT_OFFSET, (short) count);
    frame.putShort(EventFrame.FLAGS_OFFSET, last ? EventFrame.LAST : 0);
    frame.putBytes(EventFrame.HEADER_LENGTH, events, offset, eventsLength);
    length = EventFrame.HEADER_LENGTH + eventsLength;
    long before = compared;
    if (position < end) {
      position = recorded.read(position, end, comparison, 1);
    }
    beyond = compared == before;
  }

  /** Whether the last frame emitted was not recorded. */
  boolean isBeyond() {
    return beyond;
  }

  /** The frame that was emitted last. */
  DirectBuffer frame() {
    return frame;
  }

  int frameLength() {
    return length;
  }

  long framesCompared() {
    return compared;
  }

  /** Refuses recorded frames that the log does not give. */
  void requireAllMatched() {
    long[] first = {-1};
    if (position < end) {
      recorded.read(
          position,
          end,
          (buffer, offset, frameLength, at) ->
              first[0] = buffer.getLong(offset + EventFrame.COMMAND_SEQUENCE_OFFSET),
          1);
    }
    if (first[0] >= 0) {
      throw new RecoveryRefusedException(
          "events are ahead of the log: recordedEventOfCommand="
              + first[0]
              + " eventPosition="
              + position
              + ", and the log ends before it; an acknowledged command is missing from the log");
    }
  }

  private void compare(DirectBuffer buffer, int offset, int recordedLength, long at) {
    compared++;
    int difference = firstDifference(buffer, offset, recordedLength);
    if (difference >= 0) {
      throw new RecoveryRefusedException(
          "replay differs from the recorded events: command="
              + frame.getLong(EventFrame.COMMAND_SEQUENCE_OFFSET)
              + " eventPosition="
              + at
              + " byte="
              + difference
              + " recordedLength="
              + recordedLength
              + " replayedLength="
              + length);
    }
  }

  private int firstDifference(DirectBuffer buffer, int offset, int recordedLength) {
    int common = Math.min(length, recordedLength);
    for (int i = 0; i < common; i++) {
      if (buffer.getByte(offset + i) != frame.getByte(i)) {
        return i;
      }
    }
    return recordedLength == length ? -1 : common;
  }
}
