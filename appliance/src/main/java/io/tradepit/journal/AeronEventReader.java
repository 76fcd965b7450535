package io.tradepit.journal;

import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.aeron.protocol.DataHeaderFlyweight;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.LogFailedException;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * A reader of the live event stream. An essential one is tethered: the stream waits for it. Any
 * other is left behind when it is slow and joins again at the stream's head; it sees from the
 * positions that frames are missing, and has them from the history.
 *
 * <p>Allocates nothing unless it joins again.
 */
final class AeronEventReader implements EventReader, FragmentHandler, AutoCloseable {
  private final Subscription subscription;
  private final boolean essential;
  private Image image;
  private EventHandler handler;

  AeronEventReader(Subscription subscription, Image image, boolean essential) {
    this.subscription = subscription;
    this.image = image;
    this.essential = essential;
  }

  @Override
  public int poll(EventHandler eventHandler, int limit) {
    if (image.isClosed()) {
      rejoin();
    }
    handler = eventHandler;
    return image.poll(this, limit);
  }

  private void rejoin() {
    if (essential || subscription.isClosed()) {
      throw new LogFailedException("event stream is closed: position=" + image.position());
    }
    if (subscription.imageCount() > 0) {
      image = subscription.imageAtIndex(0);
    }
  }

  @Override
  public long position() {
    return image.position();
  }

  @Override
  public void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
    int frameLength =
        BitUtil.align(length + DataHeaderFlyweight.HEADER_LENGTH, FrameDescriptor.FRAME_ALIGNMENT);
    handler.onFrame(buffer, offset, length, header.position() - frameLength);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
