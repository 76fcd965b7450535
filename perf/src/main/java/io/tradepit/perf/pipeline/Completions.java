package io.tradepit.perf.pipeline;

import io.tradepit.perf.openloop.Schedule;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.HdrHistogram.Histogram;

/**
 * Latencies of a run, from the moment that a command was due to the one that its result was seen.
 * Results come in the order of the commands, to one thread; it allocates nothing. Another thread
 * asks how many are done.
 */
public final class Completions {
  private static final VarHandle DONE = handle();
  private static final long HIGHEST_NS = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final Histogram latencies = new Histogram(HIGHEST_NS, DIGITS);
  private Schedule schedule = Schedule.NOW;
  private long lastNs;
  private long done;

  private static VarHandle handle() {
    try {
      return MethodHandles.lookup().findVarHandle(Completions.class, "done", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Before the first result. */
  void schedule(Schedule ofCommands) {
    schedule = ofCommands;
  }

  /** The next command's result was seen. */
  public void onDone() {
    long nowNs = System.nanoTime();
    latencies.recordValue(Math.clamp(nowNs - schedule.dueNs(done), 0, HIGHEST_NS));
    lastNs = nowNs;
    // Pairs with the acquire of done(): who sees the number may read the latencies.
    DONE.setRelease(this, done + 1);
  }

  /** Commands that are done; any thread. */
  public long done() {
    return (long) DONE.getAcquire(this);
  }

  /** When all are done. */
  Histogram latencies() {
    return latencies;
  }

  /** When the last result was seen, by the clock of the schedule. */
  long lastNs() {
    return lastNs;
  }
}
