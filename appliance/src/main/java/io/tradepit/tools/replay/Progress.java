package io.tradepit.tools.replay;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far the answers are: for each finished command how many messages of the feed it and all
 * before it have made. Written by the thread that reads answers, read by the one that reads the
 * feed.
 */
final class Progress {
  private final long[] feedMessages;
  // [0] finished: released after the count of its last command was written. [1] sent.
  private final AtomicLongArray positions = new AtomicLongArray(2);

  Progress(int commands) {
    feedMessages = new long[commands];
  }

  /** The next command is finished. */
  void finish(int command, long feedMessagesUntilNow) {
    feedMessages[command] = feedMessagesUntilNow;
    // Pairs with the acquire in finished().
    positions.setRelease(0, command + 1L);
  }

  /** Commands that are finished, from the first. */
  int finished() {
    return (int) positions.getAcquire(0);
  }

  /** Messages of the feed that commands up to a finished one have made. */
  long feedMessages(int command) {
    return feedMessages[command];
  }

  void sent(int commands) {
    positions.setRelease(1, commands);
  }

  int sent() {
    return (int) positions.getAcquire(1);
  }
}
