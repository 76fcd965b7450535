package io.tradepit.matching;

import org.agrona.DirectBuffer;

/** Takes the messages of a snapshot, one at a time and in order. */
@FunctionalInterface
public interface SnapshotSink {
  /**
   * @param buffer valid during the call only: SBE header and block, padded with zeros to 8
   * @param length at most {@link SnapshotWriter#MOST_MESSAGE_BYTES}
   * @return false when there is no room now: the same message comes again
   */
  boolean onMessage(DirectBuffer buffer, int offset, int length);
}
