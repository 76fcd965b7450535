package io.tradepit.gateway;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventReader;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An event stream in memory, one event a frame; a position is 64 times the frame's number. */
final class MemoryEvents {
  static final long WIRE_TIME_NS = 34_200_000_000_123L;
  private static final int STEP = 64;

  final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final List<UnsafeBuffer> frames = new ArrayList<>();
  private int unrecorded;

  /** Writes the event: SBE header and block, returning the bytes. */
  interface Event {
    int write(MutableDirectBuffer buffer, int offset);
  }

  void append(Event event) {
    UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
    frame.putLong(EventFrame.COMMAND_SEQUENCE_OFFSET, frames.size() + 1, LITTLE_ENDIAN);
    frame.putLong(EventFrame.WIRE_TIME_NS_OFFSET, WIRE_TIME_NS, LITTLE_ENDIAN);
    frame.putShort(EventFrame.COUNT_OFFSET, (short) 1, LITTLE_ENDIAN);
    frame.putShort(EventFrame.FLAGS_OFFSET, EventFrame.LAST, LITTLE_ENDIAN);
    int length = event.write(frame, EventFrame.HEADER_LENGTH);
    frame.wrap(
        frame, 0, EventFrame.HEADER_LENGTH + BitUtil.align(length, EventFrame.EVENT_ALIGNMENT));
    frames.add(frame);
  }

  /** How many of the last frames the recording does not have yet. */
  void unrecorded(int count) {
    unrecorded = count;
  }

  long end() {
    return (long) frames.size() * STEP;
  }

  EventReader reader(long from) {
    return new EventReader() {
      private long position = from;

      @Override
      public int poll(EventHandler handler, int limit) {
        int count = 0;
        while (count < limit && position < end()) {
          hand(handler, position);
          position += STEP;
          count++;
        }
        return count;
      }

      @Override
      public long position() {
        return position;
      }
    };
  }

  EventHistory history() {
    return new EventHistory() {
      @Override
      public long startPosition() {
        return 0;
      }

      @Override
      public long recordedPosition() {
        return end() - (long) unrecorded * STEP;
      }

      @Override
      public long read(long from, long to, EventHandler handler, int limit) {
        long position = from;
        for (int i = 0; i < limit && position < to; i++) {
          hand(handler, position);
          position += STEP;
        }
        return position;
      }

      @Override
      public void close() {}
    };
  }

  private void hand(EventHandler handler, long position) {
    UnsafeBuffer frame = frames.get((int) (position / STEP));
    handler.onFrame(frame, 0, frame.capacity(), position);
  }
}
