package io.tradepit.recovery;

import org.agrona.DirectBuffer;

/** The deterministic function of the log that recovery drives: the matcher. */
public interface Replayable {
  /**
   * Applies a command; events come out of the listener that the function was made with.
   *
   * @return false when a continuation is left for {@link #resume}
   */
  boolean onCommand(long sequence, long timeNs, DirectBuffer buffer, int offset, int length);

  /** Takes the next step of the command in progress; true when it is complete. */
  boolean resume();
}
