package io.tradepit.tools.replay;

import java.util.concurrent.TimeUnit;

/** A named thread, and what it died of. */
final class Worker {
  private final Thread thread;
  private volatile RuntimeException failure;

  private Worker(String name, Runnable work) {
    thread = new Thread(() -> run(work), name);
    thread.setDaemon(true);
  }

  static Worker start(String name, Runnable work) {
    Worker worker = new Worker(name, work);
    worker.thread.start();
    return worker;
  }

  boolean isDone() {
    return !thread.isAlive();
  }

  /** Null when it did not fail. */
  RuntimeException failure() {
    return failure;
  }

  /** Waits until it has ended. */
  void join() {
    try {
      thread.join(TimeUnit.MINUTES.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      failure = e;
    }
  }
}
