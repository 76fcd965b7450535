package io.tradepit.recovery;

import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHistory;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Replays the recorded log of a day into the matcher and holds its events against the recorded
 * ones.
 *
 * <p>Single use. The matcher must emit into {@link #onEvents} until {@link #run} has returned.
 */
public final class Recovery {
  private static final int PROGRESS_INTERVAL = 1 << 20;

  private final LogHistory log;
  private final long logFrom;
  private final long logEnd;
  private final long eventsEnd;
  private final EventComparison comparison;
  private final EventStream appendTo;
  private Replayable matcher;
  private LongConsumer progress = commands -> {};
  private long commands;
  private boolean complete = true;

  /**
   * @param from what the matcher has applied
   * @param logEnd where the log ended when the segment was stopped
   * @param eventsEnd where the recorded events ended
   * @param appendTo takes the first frame that was not recorded; it begins at {@code eventsEnd}
   */
  public Recovery(
      RecoveryStart from,
      LogHistory log,
      long logEnd,
      EventHistory events,
      long eventsEnd,
      EventStream appendTo) {
    this.log = log;
    this.logFrom = from.logPosition();
    this.logEnd = logEnd;
    this.eventsEnd = eventsEnd;
    this.comparison = new EventComparison(events, from.eventsPosition());
    this.appendTo = appendTo;
  }

  /** Is told the number of commands applied, every million of them. */
  public Recovery onProgress(LongConsumer listener) {
    progress = listener;
    return this;
  }

  /** What the matcher emits in. */
  public void onEvents(
      long sequence,
      long timeNs,
      long wireTimeNs,
      int firstIndex,
      int count,
      boolean last,
      DirectBuffer events,
      int offset,
      int length) {
    comparison.hold(sequence, timeNs, wireTimeNs, firstIndex, count, last, events, offset, length);
    comparison.compare(eventsEnd);
  }

  /**
   * Applies the log until it ends, or until the recorded events do: the first frame that was not
   * recorded is appended, and what follows it is left to the live matcher.
   *
   * @return what was done, and where the live matcher reads on
   * @throws RecoveryRefusedException when the replay differs from what was recorded
   * @throws LogFailedException when a recording is damaged
   */
  public RecoveryResult run(Replayable replayable) {
    matcher = replayable;
    long started = System.nanoTime();
    long position = logFrom;
    long lastCommandPosition = logFrom;
    while (position < logEnd && !comparison.isHolding()) {
      long next = log.read(position, logEnd, this::apply, 1);
      if (next == position) {
        break;
      }
      lastCommandPosition = position;
      position = next;
      finishCommand();
    }
    if (comparison.isHolding()) {
      append();
    } else {
      comparison.requireAllMatched(eventsEnd);
    }
    return new RecoveryResult(
        commands,
        comparison.framesCompared(),
        lastCommandPosition,
        position,
        complete,
        comparison.isHolding(),
        System.nanoTime() - started);
  }

  private boolean apply(DirectBuffer buffer, int offset, int length) {
    long sequence = buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET);
    try {
      complete =
          matcher.onCommand(
              sequence,
              buffer.getLong(offset + LogFrame.TIME_NS_OFFSET),
              buffer,
              offset + LogFrame.HEADER_LENGTH,
              length - LogFrame.HEADER_LENGTH);
    } catch (IllegalStateException e) {
      throw new RecoveryRefusedException(
          "the log has a command that can't be applied: command=" + sequence + " " + e.getMessage(),
          e);
    }
    if (++commands % PROGRESS_INTERVAL == 0) {
      progress.accept(commands);
    }
    return true;
  }

  // A continuation whose events are not recorded yet is left to the live matcher.
  private void finishCommand() {
    while (!complete && !comparison.isHolding()) {
      complete = matcher.resume();
    }
  }

  private void append() {
    if (appendTo.offer(comparison.frame(), 0, comparison.frameLength()) < 0) {
      throw new LogFailedException(
          "the event stream takes no first frame: length=" + comparison.frameLength());
    }
  }
}
