package io.tradepit.journal;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Idles the recorder's thread: it sleeps only while everything that was offered is recorded, and
 * never for long, since the first command after a pause waits for its wake-up.
 */
public final class RecorderIdleStrategy implements IdleStrategy {
  private static final int YIELDS = 20;

  private final long parkNs;
  private volatile RecordedStream log;
  private volatile RecordedStream events;
  private int idles;

  /**
   * @param parkNs the length of a sleep; the kernel adds its timer slack, about 50 us
   */
  public RecorderIdleStrategy(long parkNs) {
    this.parkNs = parkNs;
  }

  /** What the recorder must not leave behind. */
  void watch(RecordedStream theLog, RecordedStream theEvents) {
    log = theLog;
    events = theEvents;
  }

  @Override
  public void idle(int workCount) {
    if (workCount > 0) {
      reset();
    } else {
      idle();
    }
  }

  @Override
  public void idle() {
    if (idles < YIELDS || hasUnrecorded(log) || hasUnrecorded(events)) {
      idles++;
      YieldingIdleStrategy.INSTANCE.idle();
    } else {
      LockSupport.parkNanos(parkNs);
    }
  }

  private static boolean hasUnrecorded(RecordedStream stream) {
    return stream != null && stream.hasUnrecorded();
  }

  @Override
  public void reset() {
    idles = 0;
  }
}
