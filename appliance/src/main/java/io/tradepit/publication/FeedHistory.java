package io.tradepit.publication;

import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.MessageIndex;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The feed as it is recorded: which session it is, which numbers there are, and where they stand.
 * It follows the recording in bounded steps and never holds up the live stream. One thread; a step
 * allocates nothing but at the recording's next segment file.
 */
final class FeedHistory implements AutoCloseable {
  private final EventHistory followed;
  private final EventHistory read;
  private final MessageIndex index;
  private final FeedFrameWalker walker;
  private final EventHandler onFrame = this::onFrame;
  private final UnsafeBuffer session = new UnsafeBuffer(new byte[MoldLayout.SESSION_LENGTH]);
  private boolean hasSession;
  private long position;
  private long framePosition;
  private long nextNumber;

  /**
   * @param histories makes the two readers: one at the end, one where a request asks for
   * @param index of the messages below {@code nextNumber}; it goes on here
   * @param position where the first frame begins that the index does not know; negative = the start
   *     of the recording
   * @param nextNumber of the first message at or behind that position, from 1
   * @param streamSession of a day that was opened before that position, else null
   */
  FeedHistory(
      Supplier<EventHistory> histories,
      MessageIndex index,
      long position,
      long nextNumber,
      byte[] streamSession) {
    this.index = index;
    this.nextNumber = nextNumber;
    walker = new FeedFrameWalker(new FeedEncoder(new Noted()), this::onDayOpened, () -> {});
    followed = histories.get();
    try {
      read = histories.get();
    } catch (RuntimeException e) {
      CloseHelper.quietClose(followed);
      throw e;
    }
    this.position = position < 0 ? followed.startPosition() : position;
    if (streamSession != null) {
      onDayOpened(new UnsafeBuffer(streamSession), 0);
    }
  }

  /** Takes note of what was recorded since; returns the work count, 0 when there is nothing new. */
  int follow(int frames) {
    long from = position;
    long to = followed.recordedPosition();
    if (from < to) {
      position = followed.read(from, to, onFrame, frames);
    }
    return position == from ? 0 : 1;
  }

  /** Whether the day is open, or was, so that the feed has a session. */
  boolean hasSession() {
    return hasSession;
  }

  /** The session's ten characters, when there is one. */
  DirectBuffer session() {
    return session;
  }

  /** Number of the first message that is not known to be recorded. */
  long nextNumber() {
    return nextNumber;
  }

  /** Position of a frame at or before the one of this message, which is recorded. */
  long positionBefore(long number) {
    return index.positionBefore(number);
  }

  /**
   * Hands over one frame below the position that was followed.
   *
   * @return the position behind it
   */
  long readFrame(long from, EventHandler handler) {
    return read.read(from, position, handler, 1);
  }

  private void onFrame(DirectBuffer buffer, int offset, int length, long at) {
    framePosition = at;
    walker.onFrame(buffer, offset, length, at);
  }

  private void onDayOpened(DirectBuffer buffer, int sessionOffset) {
    session.putBytes(0, buffer, sessionOffset, MoldLayout.SESSION_LENGTH);
    hasSession = true;
  }

  @Override
  public void close() {
    CloseHelper.closeAll(followed, read);
  }

  /** Takes numbers only. */
  private final class Noted implements FeedSink {
    @Override
    public boolean accepts(long number) {
      if (number != nextNumber) {
        throw new IllegalStateException(
            "feedMessageNumber=%d expected=%d position=%d"
                .formatted(number, nextNumber, framePosition));
      }
      index.onMessage(number, framePosition);
      nextNumber = number + 1;
      return false;
    }

    @Override
    public int claim(int messageLength) {
      throw new IllegalStateException("messageLength=" + messageLength + " accepted=no");
    }

    @Override
    public MutableDirectBuffer buffer() {
      return session;
    }
  }
}
