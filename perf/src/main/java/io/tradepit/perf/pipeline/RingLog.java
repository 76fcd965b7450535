package io.tradepit.perf.pipeline;

import io.tradepit.stream.Log;
import io.tradepit.stream.LogHandler;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** A log that nobody records: a frame is released as it is offered. */
final class RingLog implements Log, ControlledMessageHandler {
  private static final int COMMAND = 1;

  private final OneToOneRingBuffer ring;
  private LogHandler handler;

  RingLog(UnsafeBuffer memory) {
    ring = new OneToOneRingBuffer(memory);
  }

  @Override
  public long offer(
      DirectBuffer header,
      int headerOffset,
      int headerLength,
      DirectBuffer body,
      int bodyOffset,
      int bodyLength) {
    int index = ring.tryClaim(COMMAND, headerLength + bodyLength);
    if (index < 0) {
      return BACK_PRESSURED;
    }
    ring.buffer().putBytes(index, header, headerOffset, headerLength);
    ring.buffer().putBytes(index + headerLength, body, bodyOffset, bodyLength);
    ring.commit(index);
    return ring.producerPosition();
  }

  @Override
  public long releasePosition() {
    return ring.producerPosition();
  }

  @Override
  public long offeredPosition() {
    return ring.producerPosition();
  }

  @Override
  public long polledPosition() {
    return ring.consumerPosition();
  }

  @Override
  public int poll(LogHandler logHandler, int limit) {
    handler = logHandler;
    return ring.controlledRead(this, limit);
  }

  @Override
  public Action onMessage(int typeId, MutableDirectBuffer buffer, int offset, int length) {
    return handler.onFrame(buffer, offset, length) ? Action.CONTINUE : Action.ABORT;
  }
}
