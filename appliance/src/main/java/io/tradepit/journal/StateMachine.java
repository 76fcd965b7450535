package io.tradepit.journal;

import org.agrona.DirectBuffer;

/**
 * The deterministic function of the log that released commands drive: the matcher. Its events go to
 * the listener that it was made with, an {@link EventFrameWriter}.
 */
public interface StateMachine {
  /**
   * Applies a command.
   *
   * @param sequence number of the command, from 1, dense
   * @param timeNs its time, nanoseconds since the Unix epoch
   * @param offset of the SBE header
   * @param length of SBE header and command, bytes
   * @return false when a continuation is left for {@link #resume}
   */
  boolean onCommand(long sequence, long timeNs, DirectBuffer buffer, int offset, int length);

  /** Takes the next step of the command in progress; true when it is complete. */
  boolean resume();

  /** Whether a command in progress is left for {@link #resume}. */
  boolean isContinuing();
}
