package io.tradepit.main;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stops a segment: a wish, the end of its day, or the first fault of an agent or of Aeron. Any
 * thread.
 */
final class Faults {
  private static final Logger LOGGER = LoggerFactory.getLogger(Faults.class);

  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean rolls;
  private final AtomicReference<Throwable> cause = new AtomicReference<>();

  /** An agent died: the segment stops with this cause. */
  void onAgentFailure(String role, Throwable failure) {
    LOGGER.error("agent={} failed", role, failure);
    cause.compareAndSet(null, failure);
    stopping.countDown();
  }

  /**
   * Aeron reports something; it stops the segment only through an agent that it keeps from going
   * on.
   */
  void onError(Throwable error) {
    LOGGER.warn("aeron: {}", error.getMessage(), error);
  }

  /** Someone wants the segment to stop. */
  void stop() {
    stopping.countDown();
  }

  /** Its day is closed and the next one shall begin, in a segment of its own. */
  void roll() {
    rolls = true;
    stopping.countDown();
  }

  /** Whether the next day shall begin when this segment has stopped. */
  boolean isRolling() {
    return rolls && cause() == null;
  }

  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Waits; true when the segment shall stop. */
  boolean awaitStop(long timeout, TimeUnit unit) throws InterruptedException {
    return stopping.await(timeout, unit);
  }

  /** The first fault, or null. */
  Throwable cause() {
    return cause.get();
  }
}
