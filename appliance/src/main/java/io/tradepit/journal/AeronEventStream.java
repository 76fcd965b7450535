package io.tradepit.journal;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.LogFailedException;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** The event stream on a recorded Aeron IPC publication. Allocates nothing but its exceptions. */
final class AeronEventStream implements EventStream {
  private final ExclusivePublication publication;
  private final RecordedStream stream;
  private final RecordingWatch watch;

  AeronEventStream(ExclusivePublication publication, RecordedStream stream, RecordingWatch watch) {
    this.publication = publication;
    this.stream = stream;
    this.watch = watch;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The window must hold the frame once more than Aeron asks for, because what is left of a term
   * may have to be padded first.
   */
  @Override
  public boolean hasRoom(int length) {
    stream.requireActive();
    long window = publication.availableWindow();
    if (window == Publication.CLOSED) {
      throw new LogFailedException("event stream is closed");
    }
    boolean hasRoom =
        window
            > BitUtil.align(
                length + DataHeaderFlyweight.HEADER_LENGTH, FrameDescriptor.FRAME_ALIGNMENT);
    if (!hasRoom) {
      watch.recordedPosition(); // a recorder that stands still must not pass for a slow reader
    }
    return hasRoom;
  }

  @Override
  public long offer(DirectBuffer buffer, int offset, int length) {
    Journal.checkFrameLength(length);
    long position;
    do { // a new term is an ADMIN_ACTION: the second try goes into it
      position = publication.offer(buffer, offset, length);
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
    throw new LogFailedException(
        "event stream takes nothing more: " + Publication.errorString(result));
  }
}
