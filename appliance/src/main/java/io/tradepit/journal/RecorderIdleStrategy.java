package io.tradepit.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Idles the recorder's thread: it sleeps only while everything that was offered is recorded, and
 * never for long, since the first command after a pause waits for its wake-up: a millisecond when
 * nothing came for some tenths of a second.
 */
public final class RecorderIdleStrategy implements IdleStrategy {
  private static final int YIELDS = 20;
  private static final int NAPS = 2_000;
  private static final long DOZE_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final long parkNs;
  private volatile RecordedStream log;
  private volatile RecordedStream events;
  private int idles;
  private int naps;
  private long lastOffered;

  /**
   * @param parkNs the length of a sleep in a short pause; the kernel adds its timer slack, about 50
   *     us
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
    long position = offered(log) + offered(events);
    if (position != lastOffered) {
      lastOffered = position;
      naps = 0;
    }
    if (idles < YIELDS || hasUnrecorded(log) || hasUnrecorded(events)) {
      idles++;
      YieldingIdleStrategy.INSTANCE.idle();
    } else {
      LockSupport.parkNanos(nextNapNs());
    }
  }

  // The archive's timers are work too, fifty times a second: only bytes keep the naps short.
  private long nextNapNs() {
    if (naps < NAPS) {
      naps++;
      return parkNs;
    }
    return Math.max(parkNs, DOZE_NS);
  }

  private static long offered(RecordedStream stream) {
    return stream == null ? 0 : stream.offeredPosition();
  }

  private static boolean hasUnrecorded(RecordedStream stream) {
    return stream != null && stream.hasUnrecorded();
  }

  @Override
  public void reset() {
    idles = 0;
  }
}
