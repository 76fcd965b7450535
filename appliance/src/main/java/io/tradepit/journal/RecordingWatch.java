package io.tradepit.journal;

import org.agrona.concurrent.NanoClock;

/**
 * Watches that a recording is there and moves while bytes are unrecorded. Matcher's thread;
 * allocates nothing but its exceptions.
 */
final class RecordingWatch {
  private final RecordedStream stream;
  private final NanoClock nanoClock;
  private final long stallTimeoutNs;
  private long lastRecorded = -1;
  private long standsSinceNs;
  private boolean stands;

  RecordingWatch(RecordedStream stream, NanoClock nanoClock, long stallTimeoutNs) {
    this.stream = stream;
    this.nanoClock = nanoClock;
    this.stallTimeoutNs = stallTimeoutNs;
  }

  /**
   * Up to where it is recorded.
   *
   * @throws io.tradepit.stream.LogFailedException when the recording stopped, or stands still for
   *     too long while bytes are unrecorded
   */
  long recordedPosition() {
    long recorded = stream.recordedPosition();
    if (recorded == lastRecorded) {
      checkStalled(recorded);
    } else {
      lastRecorded = recorded;
      stands = false;
    }
    return recorded;
  }

  private void checkStalled(long recorded) {
    if (recorded >= stream.offeredPosition()) {
      stands = false;
    } else if (!stands) {
      stands = true;
      standsSinceNs = nanoClock.nanoTime();
    } else {
      long forNs = nanoClock.nanoTime() - standsSinceNs;
      if (forNs > stallTimeoutNs) {
        throw stream.stalled(recorded, forNs);
      }
    }
  }
}
