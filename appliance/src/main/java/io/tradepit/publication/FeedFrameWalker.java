package io.tradepit.publication;

import io.tradepit.protocol.sbe.DayClosedDecoder;
import io.tradepit.protocol.sbe.DayOpenedDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Takes frames of the event stream apart: what opens or closes the day, and what the feed's encoder
 * is to see. One thread; allocates nothing.
 */
final class FeedFrameWalker implements EventHandler {
  /** Hears that the day is open. */
  @FunctionalInterface
  interface DayOpenedHandler {
    /**
     * @param buffer in which the ten characters of the session stand at {@code sessionOffset}
     */
    void onDayOpened(DirectBuffer buffer, int sessionOffset);
  }

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final FeedEncoder encoder;
  private final DayOpenedHandler dayOpened;
  private final Runnable dayClosed;

  FeedFrameWalker(FeedEncoder encoder, DayOpenedHandler dayOpened, Runnable dayClosed) {
    this.encoder = encoder;
    this.dayOpened = dayOpened;
    this.dayClosed = dayClosed;
  }

  @Override
  public void onFrame(DirectBuffer buffer, int offset, int length, long position) {
    long wireTimeNs =
        buffer.getLong(offset + EventFrame.WIRE_TIME_NS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    int count = buffer.getShort(offset + EventFrame.COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    int at = offset + EventFrame.HEADER_LENGTH;
    for (int i = 0; i < count; i++) {
      header.wrap(buffer, at);
      int blockLength = header.blockLength();
      onEvent(buffer, at + MessageHeaderDecoder.ENCODED_LENGTH, blockLength, wireTimeNs);
      at +=
          BitUtil.align(
              MessageHeaderDecoder.ENCODED_LENGTH + blockLength, EventFrame.EVENT_ALIGNMENT);
    }
    assert at == offset + length : "eventsEnd=" + (at - offset) + " length=" + length;
  }

  private void onEvent(DirectBuffer buffer, int offset, int blockLength, long wireTimeNs) {
    int templateId = header.templateId();
    if (templateId == DayOpenedDecoder.TEMPLATE_ID) {
      dayOpened.onDayOpened(buffer, offset + DayOpenedDecoder.streamSessionEncodingOffset());
    } else if (templateId == DayClosedDecoder.TEMPLATE_ID) {
      dayClosed.run();
    } else {
      encoder.onEvent(buffer, offset, blockLength, templateId, header.version(), wireTimeNs);
    }
  }
}
