package io.tradepit.recovery;

import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHandler;
import io.tradepit.stream.LogHistory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Goes after a running segment: applies what the log has recorded to a matcher of its own, and
 * holds each frame that this one emits against the frame that the live matcher's was recorded as.
 * So it is an audit of the live matcher that costs it nothing, and a state that is at hand between
 * two commands.
 *
 * <p>One thread; never waits. The matcher must emit into {@link #onEvents}.
 */
public final class Follower {
  private final LogHistory log;
  private final EventHistory events;
  private final EventComparison comparison;
  private final Replayable matcher;
  private final EventHandler listener;
  private final LogHandler command = this::apply;
  private long logPosition;
  private long logEnd;
  private boolean complete = true;

  /**
   * @param from what the matcher has applied
   * @param matcher the follower's own
   * @param listener is told of each frame that was found equal, with its position in the stream
   */
  public Follower(
      RecoveryStart from,
      LogHistory log,
      EventHistory events,
      Replayable matcher,
      EventHandler listener) {
    this.log = log;
    this.events = events;
    this.matcher = matcher;
    this.listener = listener;
    logPosition = from.logPosition();
    comparison = new EventComparison(events, from.eventsPosition());
  }

  /** What the matcher emits in. */
  public void onEvents(
      long sequence,
      long timeNs,
      long wireTimeNs,
      int firstIndex,
      int count,
      boolean last,
      DirectBuffer buffer,
      int offset,
      int length) {
    comparison.hold(sequence, timeNs, wireTimeNs, firstIndex, count, last, buffer, offset, length);
  }

  /**
   * Takes the next step if it is recorded: a command, the next part of one, or the comparison of
   * what it emitted.
   *
   * @return false when nothing more is recorded now
   * @throws RecoveryRefusedException when the two matchers differ
   * @throws io.tradepit.stream.LogFailedException when a recording is damaged or has ended
   */
  public boolean step() {
    if (comparison.isHolding()) {
      return compare();
    }
    if (!complete) {
      complete = matcher.resume();
      return true;
    }
    if (logPosition >= logEnd) {
      logEnd = log.recordedPosition();
    }
    long before = logPosition;
    if (before < logEnd) {
      logPosition = log.read(before, logEnd, command, 1);
    }
    return logPosition > before;
  }

  private boolean compare() {
    if (!comparison.compare(events.recordedPosition())) {
      return false;
    }
    listener.onFrame(comparison.frame(), 0, comparison.frameLength(), comparison.framePosition());
    return true;
  }

  private boolean apply(DirectBuffer buffer, int offset, int length) {
    complete =
        matcher.onCommand(
            buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN),
            buffer.getLong(offset + LogFrame.TIME_NS_OFFSET, ByteOrder.LITTLE_ENDIAN),
            buffer,
            offset + LogFrame.HEADER_LENGTH,
            length - LogFrame.HEADER_LENGTH);
    return true;
  }

  /** Whether the last command is complete and all that it emitted was compared. */
  public boolean isBetweenCommands() {
    return complete && !comparison.isHolding();
  }

  /** Behind the last command applied. */
  public long logPosition() {
    return logPosition;
  }

  /** Behind the last frame compared. */
  public long eventsPosition() {
    return comparison.position();
  }

  /** Where the frame that was compared last begins; -1 = none was. */
  public long lastFramePosition() {
    return comparison.framesCompared() == 0 ? -1 : comparison.framePosition();
  }

  /** The CRC-32C of that frame, header and events. */
  public long lastFrameCrc() {
    return FrameCrc.of(comparison.frame(), 0, comparison.frameLength());
  }
}
