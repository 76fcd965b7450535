package io.tradepit.tools.journal;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says on a long work how far it is, every two seconds. */
final class Progress {
  private static final int CALLS = 1 << 12;
  private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(2);

  private final PrintWriter out;
  private final String work;
  private final long all;
  private long nextNs = System.nanoTime() + INTERVAL_NS;
  private int calls;

  /**
   * @param all that is to be done, in any unit
   */
  Progress(PrintWriter out, String work, long all) {
    this.out = out;
    this.work = work;
    this.all = all;
  }

  /** May be called for every command. */
  void at(long done) {
    if (++calls % CALLS == 0 && System.nanoTime() - nextNs >= 0) {
      nextNs += INTERVAL_NS;
      out.println(String.format(Locale.ROOT, "%s: %.0f%%", work, 100.0 * done / Math.max(1, all)));
      out.flush();
    }
  }
}
