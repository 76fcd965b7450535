package io.tradepit.perf.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Ends this process when a step of the main thread takes too long: a peer may wait for ever, for
 * room in its ring or for a thread of its own that has died. Its thread looks five times a second.
 */
final class StallWatch implements Runnable {
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Consumer<String> last;
  private volatile Step step;

  private record Step(String name, long endNs) {}

  private StallWatch(Consumer<String> last) {
    this.last = last;
  }

  /**
   * @param last told the step, by the watch's thread, before it ends the process; prints why
   */
  static StallWatch start(Consumer<String> last) {
    StallWatch watch = new StallWatch(last);
    Thread thread = new Thread(watch, "tp-stall-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  /**
   * The main thread begins with a step; the one before is over.
   *
   * @param endNs when it has to be over, by {@link System#nanoTime}
   */
  void enter(String name, long endNs) {
    step = new Step(name, endNs);
  }

  /** What comes next may take as long as it likes. */
  void leave() {
    step = null;
  }

  @Override
  public void run() {
    while (true) {
      LockSupport.parkNanos(LOOK_NS);
      Step now = step;
      if (now != null && System.nanoTime() - now.endNs() > 0) {
        last.accept(now.name());
        // Neither the main thread nor those of the peer may be able to end. All that was measured
        // is told, so this is no failure of the process.
        Runtime.getRuntime().halt(0);
      }
    }
  }
}
