package io.tradepit.perf;

import java.util.function.IntSupplier;

/**
 * A thread beside the one that is measured: does the same small thing again and again, and spins
 * while there is nothing to do. Whoever waits for it asks {@link #requireRunning}.
 */
final class SecondThread {
  private final Thread thread;
  private volatile boolean isEnding;
  private volatile Throwable failure;

  /**
   * @param turn returns how much it did
   */
  SecondThread(IntSupplier turn) {
    thread = new Thread(() -> run(turn), "tp-bench-2");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(IntSupplier turn) {
    try {
      while (!isEnding) {
        if (turn.getAsInt() == 0) {
          Thread.onSpinWait();
        }
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /**
   * @throws IllegalStateException when the thread failed, so that nobody waits for it for ever
   */
  void requireRunning() {
    if (failure != null) {
      throw new IllegalStateException("second thread failed", failure);
    }
  }

  /** Ends the thread, and throws what it failed with. */
  void end() throws InterruptedException {
    isEnding = true;
    thread.join();
    requireRunning();
  }
}
