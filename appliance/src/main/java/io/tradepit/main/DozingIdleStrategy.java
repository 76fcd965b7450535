package io.tradepit.main;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Idles in steps: spins, yields, naps of up to 200 us, and after about a tenth of a second without
 * work sleeps of a millisecond, so that an idle segment costs next to nothing.
 *
 * <p>Counts its turns instead of reading a clock. The kernel adds its timer slack, about 50 us, to
 * each sleep. Agrona's backoff reaches its longest sleep within a millisecond or two, between two
 * orders; this one does not. One thread.
 */
final class DozingIdleStrategy implements IdleStrategy {
  static final long NAP_NS = TimeUnit.MICROSECONDS.toNanos(200);
  static final long DOZE_NS = TimeUnit.MILLISECONDS.toNanos(1);
  static final int SPINS = 200;
  static final int YIELDS = 20;
  static final int NAPS = 500;

  private static final int MAX_DOUBLINGS = 8;

  private int idles;

  @Override
  public void idle(int workCount) {
    if (workCount > 0) {
      reset();
    } else {
      idle();
    }
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // a yield lets the thread that has work run
  public void idle() {
    if (idles < SPINS) {
      Thread.onSpinWait();
    } else if (idles < SPINS + YIELDS) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(sleepNs(idles));
    }
    idles = Math.min(idles + 1, SPINS + YIELDS + NAPS);
  }

  /** How long it sleeps after so many idle turns, in ns. */
  static long sleepNs(int idles) {
    int naps = idles - SPINS - YIELDS;
    if (naps < 0) {
      return 0;
    }
    return naps < NAPS ? Math.min(NAP_NS, 1_000L << Math.min(naps, MAX_DOUBLINGS)) : DOZE_NS;
  }

  @Override
  public void reset() {
    idles = 0;
  }
}
