package io.tradepit.journal;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.tradepit.stream.Log;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogHandler;
import org.agrona.DirectBuffer;

/**
 * The log on a recorded Aeron IPC publication. What is released is what the archive has recorded.
 *
 * <p>Allocates nothing but its exceptions.
 */
final class AeronLog implements Log, ControlledFragmentHandler {
  private final ExclusivePublication publication;
  private final Image image;
  private final RecordedStream stream;
  private final RecordingWatch logWatch;
  private final RecordingWatch eventWatch;
  private LogHandler handler;

  AeronLog(
      ExclusivePublication publication,
      Image image,
      RecordedStream stream,
      RecordingWatch logWatch,
      RecordingWatch eventWatch) {
    this.publication = publication;
    this.image = image;
    this.stream = stream;
    this.logWatch = logWatch;
    this.eventWatch = eventWatch;
  }

  @Override
  public long offer(
      DirectBuffer header,
      int headerOffset,
      int headerLength,
      DirectBuffer body,
      int bodyOffset,
      int bodyLength) {
    Journal.checkFrameLength(headerLength + bodyLength);
    long position;
    do { // a new term is an ADMIN_ACTION: the second try goes into it
      position =
          publication.offer(header, headerOffset, headerLength, body, bodyOffset, bodyLength, null);
    } while (position == Publication.ADMIN_ACTION);
    if (position < 0) {
      return refused(position);
    }
    stream.offered(position);
    return position;
  }

  private long refused(long result) {
    if (result == Publication.BACK_PRESSURED) {
      stream.requireActive();
      return BACK_PRESSURED;
    }
    throw new LogFailedException("log takes nothing more: " + Publication.errorString(result));
  }

  @Override
  public long releasePosition() {
    return stream.recordedPosition();
  }

  @Override
  public long offeredPosition() {
    return stream.offeredPosition();
  }

  @Override
  public long polledPosition() {
    return image.position();
  }

  @Override
  public int poll(LogHandler logHandler, int limit) {
    long recorded = logWatch.recordedPosition();
    // Looked at here too, since the event stream itself is asked only when there is a command.
    eventWatch.recordedPosition();
    handler = logHandler;
    int taken = image.boundedControlledPoll(this, recorded, limit);
    if (taken == 0 && image.isClosed()) {
      throw new LogFailedException("log is closed: polledPosition=" + image.position());
    }
    return taken;
  }

  @Override
  public Action onFragment(DirectBuffer buffer, int offset, int length, Header header) {
    return handler.onFrame(buffer, offset, length) ? Action.CONTINUE : Action.ABORT;
  }
}
