package io.tradepit.perf;

import java.util.function.IntSupplier;

/**
 * A thread beside the one that is measured: does the same small thing again and again, and spins
 * while there is nothing to do. Whoever waits for it asks {@link #requireRunning}. Needs a
 * processor beside the waiting one: on one each would wait for the end of the other's time slice.
 */
final class SecondThread {
  private final Thread thread;
  private volatile boolean isEnding;
  private volatile Throwable failure;

  /**
   * @param turn returns how much it did
   * @throws IllegalStateException when there is one processor only
   */
  SecondThread(IntSupplier turn) {
    int processors = Runtime.getRuntime().availableProcessors();
    if (processors < 2) {
      throw new IllegalStateException("processors=" + processors + " needed=2");
    }
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
   * @throws IllegalStateException when the thread failed or the calling one was interrupted, so
   *     that nobody waits for ever
   */
  void requireRunning() {
    if (Thread.interrupted()) {
      throw new IllegalStateException("interrupted while waiting for the second thread");
    }
    if (failure != null) {
      throw new IllegalStateException("second thread failed", failure);
    }
  }

  /** Ends the thread, and throws what it failed with. */
  void end() throws InterruptedException {
    isEnding = true;
    thread.join();
    if (failure != null) {
      throw new IllegalStateException("second thread failed", failure);
    }
  }
}
