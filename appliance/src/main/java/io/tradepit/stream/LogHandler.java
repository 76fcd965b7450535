package io.tradepit.stream;

import org.agrona.DirectBuffer;

/** Takes frames of the log, see {@link LogFrame}. */
@FunctionalInterface
public interface LogHandler {
  /**
   * @param buffer valid during the call only
   * @param offset of the frame header
   * @param length of header and command, bytes
   * @return false when the frame can't be taken now; nothing was done
   */
  boolean onFrame(DirectBuffer buffer, int offset, int length);
}
