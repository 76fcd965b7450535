package io.tradepit.cli;

import io.tradepit.config.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end by itself when it is told to stop by Ctrl-C or SIGTERM: it sees {@link
 * #isGiven}, prints what it has still to say and closes this; the process then ends with 0.
 */
final class StopSignal implements AutoCloseable {
  private static final int PATIENCE_S = 5;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onSignal, "tp-stop");
  private volatile boolean given;

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean isGiven() {
    return given;
  }

  // Without the halt a process that was asked to stop, and did, would end with 130 or 143.
  private void onSignal() {
    given = true;
    try {
      if (ended.await(PATIENCE_S, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitCode.OK.number());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (!given) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
