package io.tradepit.main;

import io.aeron.exceptions.ConductorServiceTimeoutException;
import io.aeron.exceptions.DriverTimeoutException;
import io.tradepit.config.ExitCode;
import io.tradepit.stream.LogFailedException;
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
  private volatile Throwable standstill;

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
    if (error instanceof DriverTimeoutException
        || error instanceof ConductorServiceTimeoutException) {
      standstill = error;
    }
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

  /**
   * What the process ends with. A log that fails is the storage's fault, unless Aeron had given up
   * before on a process that stood still for longer than it waits (10 s), and closed the log under
   * it: a machine that was paused can simply be started again.
   */
  ExitCode exitCode() {
    if (cause() == null) {
      return ExitCode.OK;
    }
    boolean isStorage = cause() instanceof LogFailedException && standstill == null;
    return isStorage ? ExitCode.STORAGE : ExitCode.OTHER;
  }

  /** The first fault in words; behind a standstill, that. */
  String reason() {
    return standstill == null
        ? cause().getMessage()
        : "the process stood still: " + standstill.getMessage();
  }
}
