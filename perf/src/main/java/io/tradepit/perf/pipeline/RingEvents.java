package io.tradepit.perf.pipeline;

import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.EventStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** An event stream that nobody records, with one reader, which it waits for. */
final class RingEvents implements EventStream, EventReader, MessageHandler {
  private static final int EVENTS = 1;

  private final OneToOneRingBuffer ring;
  private EventHandler handler;
  // Up to here there is room, as far as was looked.
  private long limit;

  RingEvents(UnsafeBuffer memory) {
    ring = new OneToOneRingBuffer(memory);
  }

  /** A ring may have to skip as much as a frame takes, at its end. */
  @Override
  public boolean hasRoom(int length) {
    long end = ring.producerPosition() + 2L * (length + 2 * Long.BYTES);
    if (end > limit) {
      limit = ring.consumerPosition() + ring.capacity();
    }
    return end <= limit;
  }

  @Override
  public long offer(DirectBuffer buffer, int offset, int length) {
    return ring.write(EVENTS, buffer, offset, length) ? ring.producerPosition() : BACK_PRESSURED;
  }

  @Override
  public int poll(EventHandler eventHandler, int limit) {
    handler = eventHandler;
    return ring.read(this, limit);
  }

  @Override
  public long position() {
    return ring.consumerPosition();
  }

  @Override
  public void onMessage(int typeId, MutableDirectBuffer buffer, int offset, int length) {
    handler.onFrame(buffer, offset, length, ring.consumerPosition());
  }
}
