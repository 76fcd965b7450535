package io.tradepit.recovery;

import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Holds each frame that a matcher emits when it applies recorded commands again against the frame
 * that was recorded for it.
 *
 * <p>A frame is {@link #hold held} as it is emitted, then {@link #compare compared}; one that was
 * not recorded yet stays held. One thread; allocates nothing but its exceptions.
 */
final class EventComparison {
  private static final int NONE = -1;

  private final EventHistory recorded;
  private final EventHandler comparison = this::onRecorded;
  private final ExpandableArrayBuffer frame = new ExpandableArrayBuffer(64 * 1024);
  private long position;
  private long framePosition;
  private long compared;
  private int length;
  private boolean holding;

  /**
   * @param from where the frame begins that was recorded for the first one emitted
   */
  EventComparison(EventHistory recorded, long from) {
    this.recorded = recorded;
    this.position = from;
  }

  /** Takes the events of one step, as the matcher emits them. */
  void hold(
      long sequence,
      long timeNs,
      long wireTimeNs,
      int firstIndex,
      int count,
      boolean last,
      DirectBuffer events,
      int offset,
      int eventsLength) {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    frame.putLong(EventFrame.COMMAND_SEQUENCE_OFFSET, sequence, order);
    frame.putLong(EventFrame.COMMAND_TIME_NS_OFFSET, timeNs, order);
    frame.putLong(EventFrame.WIRE_TIME_NS_OFFSET, wireTimeNs, order);
    frame.putInt(EventFrame.FIRST_INDEX_OFFSET, firstIndex, order);
    frame.putShort(EventFrame.COUNT_OFFSET, (short) count, order);
    frame.putShort(EventFrame.FLAGS_OFFSET, last ? EventFrame.LAST : 0, order);
    frame.putBytes(EventFrame.HEADER_LENGTH, events, offset, eventsLength);
    length = EventFrame.HEADER_LENGTH + eventsLength;
    holding = true;
  }

  /** Whether a frame waits to be compared. */
  boolean isHolding() {
    return holding;
  }

  /**
   * Compares the frame that is held, if there is one and its recorded one ends at or before a
   * position.
   *
   * @return false when it stays held
   * @throws RecoveryRefusedException when they differ
   */
  boolean compare(long end) {
    if (isHolding() && position < end) {
      position = recorded.read(position, end, comparison, 1);
    }
    return !isHolding();
  }

  /** The frame that was emitted last. */
  DirectBuffer frame() {
    return frame;
  }

  /** Length of that frame. */
  int frameLength() {
    return length;
  }

  /** Where the frame that was compared last begins. */
  long framePosition() {
    return framePosition;
  }

  /** Behind the frame that was compared last. */
  long position() {
    return position;
  }

  long framesCompared() {
    return compared;
  }

  /** Refuses recorded frames that the log does not give. */
  void requireAllMatched(long end) {
    long[] first = {NONE};
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

  private void onRecorded(DirectBuffer buffer, int offset, int recordedLength, long at) {
    compared++;
    framePosition = at;
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
    holding = false;
  }

  // Frames are whole multiples of 8 bytes; the byte that differs is looked for at the end only.
  private int firstDifference(DirectBuffer buffer, int offset, int recordedLength) {
    int common = Math.min(length, recordedLength);
    int i = 0;
    while (i + Long.BYTES <= common && buffer.getLong(offset + i) == frame.getLong(i)) {
      i += Long.BYTES;
    }
    while (i < common && buffer.getByte(offset + i) == frame.getByte(i)) {
      i++;
    }
    return i < common ? i : recordedLength == length ? NONE : common;
  }
}
