package io.tradepit.perf.pipeline;

import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.ThisJvm;
import io.tradepit.perf.book.CacheLineProbe;
import io.tradepit.perf.book.Cores;
import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.perf.openloop.Schedule;
import java.lang.reflect.Constructor;
import java.util.concurrent.TimeUnit;

/**
 * A child process: one pipeline, a rate after the other, each begun anew and told by a line of
 * figures on standard output. The main thread sends; it spins until a command is due. Arguments:
 * {@link PipelineOptions}.
 */
public final class PipelineRuns {
  /** With what follows it: where and why the pipeline got stuck; no more rates were tried. */
  static final String STALLED = "stalled ";

  /** To begin a run, or to end one. */
  private static final long LONGEST_STEP_NS = TimeUnit.SECONDS.toNanos(60);

  /** What the watch allows beyond the time at which the sender gives up by itself. */
  private static final long SLACK_NS = TimeUnit.SECONDS.toNanos(1);

  private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final String SEND = "send";
  private static final String END = "end";
  private static final int BURST = 16;
  private static final int LOST_IN_A_ROW = 2;

  private final PipelineOptions options;
  private final Workload workload;
  private final Pipeline pipeline;
  private final StallWatch watch = StallWatch.start(this::onStall);
  private volatile Attempt attempt;

  private PipelineRuns(PipelineOptions options) throws ReflectiveOperationException {
    this.options = options;
    workload = WorkloadGenerator.generate(options.commands(), WorkloadGenerator.SEED);
    Constructor<? extends Pipeline> constructor =
        Class.forName(options.pipeline())
            .asSubclass(Pipeline.class)
            .getConstructor(Workload.class, String.class);
    pipeline = constructor.newInstance(workload, options.argument());
  }

  public static void main(String[] arguments) {
    int exitCode = 1;
    try {
      System.out.println("probeNs=" + coresApartNs());
      new PipelineRuns(PipelineOptions.parse(arguments)).runAll();
      exitCode = 0;
    } catch (UnequalTrades e) {
      System.out.println(ChildJvm.FAILED + e.getMessage());
    } catch (StuckAtEnd e) {
      System.out.println(STALLED + e.getMessage());
      exitCode = 0;
    } catch (Exception e) {
      e.printStackTrace(System.out);
    }
    // The peer's threads are no daemons, and a stalled one does not end.
    System.exit(exitCode);
  }

  /** Figures of a pipeline that matches something else than the others say nothing. */
  private static final class UnequalTrades extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private UnequalTrades(long trades, long expected) {
      super("trades=" + trades + " expected=" + expected);
    }
  }

  /** A run that was not done could not be ended: all that was measured before is told. */
  private static final class StuckAtEnd extends Exception {
    private static final long serialVersionUID = 1;

    private StuckAtEnd(String where, Exception cause) {
      super(where + " reason=" + cause.toString().lines().findFirst().orElseThrow(), cause);
    }
  }

  /** Measured by threads of its own: those of the pipeline go where the machine puts them. */
  private static long coresApartNs() throws InterruptedException {
    int[] cores = Cores.allowed();
    long[] roundTripNs = new long[1];
    Thread prober =
        new Thread(() -> {
          Cores.pin(cores[cores.length - 1]);
          roundTripNs[0] = CacheLineProbe.roundTripNs(cores[0]);
        });
    prober.start();
    prober.join();
    return roundTripNs[0];
  }

  /** What the main thread is at, for the watch. */
  private record Attempt(String name, long rate, boolean isMeasured, Completions completions) {
    static Attempt check() {
      return new Attempt("check", 0, false, new Completions());
    }

    static Attempt warmup(long rate) {
      return new Attempt("warm-up", rate, false, new Completions());
    }

    static Attempt measured(long rate) {
      return new Attempt("rate-" + rate, rate, true, new Completions());
    }

    void tell(RateFigures figures) {
      System.out.println(isMeasured ? figures.line() : "warmed " + figures.text());
    }

    RateFigures undone() {
      return RateFigures.undone(rate, completions.done());
    }

    void tellStalled(String step) {
      System.out.println(STALLED + where(step));
    }

    String where(String step) {
      return "at=" + name + "-" + step + " done=" + completions.done();
    }
  }

  /** The watch's thread: a rate that the pipeline got stuck in is one that it did not keep. */
  private void onStall(String step) {
    if (attempt.isMeasured() && !step.equals(END)) {
      attempt.tell(attempt.undone());
    }
    attempt.tellStalled(step);
  }

  private void runAll() throws Exception {
    System.out.println("pipeline version=" + pipeline.version() + "; " + ThisJvm.text());
    for (int i = 0; i < options.warmups(); i++) {
      run(Attempt.warmup(options.warmupRate()), options.commands());
    }
    if (!isChecked()) {
      return;
    }
    int lost = 0;
    for (int i = 0; i < options.rates().size() && lost < LOST_IN_A_ROW; i++) {
      long rate = options.rates().get(i);
      int commands = (int) Math.min(options.commands(), rate * options.seconds());
      lost = run(Attempt.measured(rate), commands) ? 0 : lost + 1;
    }
  }

  /**
   * All of the workload, so that the matches are those that it was made with. Returns false, and
   * says so, when the pipeline is too slow to be done with it.
   */
  private boolean isChecked() throws Exception {
    begin(Attempt.check());
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.check());
    boolean isDone = send(Schedule.NOW, options.commands(), endNs);
    long trades = pipeline.trades();
    end(isDone);
    if (!isDone) {
      attempt.tellStalled(SEND);
    } else if (trades != workload.trades()) {
      throw new UnequalTrades(trades, workload.trades());
    } else {
      System.out.println("checked trades=" + trades);
    }
    return isDone;
  }

  /** Returns whether the rate was kept. */
  private boolean run(Attempt next, int commands) throws Exception {
    begin(next);
    Schedule schedule = Schedule.of(System.nanoTime() + LEAD_NS, next.rate());
    next.completions().schedule(schedule);
    long dueNs = schedule.dueNs(commands - 1);
    boolean isDone = send(schedule, commands, dueNs + TimeUnit.SECONDS.toNanos(options.patience()));
    RateFigures figures = isDone ? figures(next, dueNs - schedule.startNs(), dueNs) : next.undone();
    next.tell(figures);
    end(isDone);
    return figures.isKept();
  }

  private static RateFigures figures(Attempt attempt, long plannedNs, long dueNs) {
    long lateNs = attempt.completions().lastNs() - dueNs;
    return RateFigures.of(
        attempt.rate(),
        lateNs <= RateFigures.allowedNs(plannedNs),
        lateNs,
        attempt.completions().latencies());
  }

  private void begin(Attempt next) throws Exception {
    attempt = next;
    watch.enter("begin", System.nanoTime() + LONGEST_STEP_NS);
    pipeline.begin(next.completions());
  }

  private void end(boolean isDone) throws Exception {
    watch.enter(END, System.nanoTime() + LONGEST_STEP_NS);
    try {
      pipeline.end();
    } catch (Exception e) {
      // What has lost a command often can't be ended either, and the others go on.
      throw isDone ? e : new StuckAtEnd(attempt.where(END), e);
    } finally {
      watch.leave();
    }
  }

  /** Returns whether all were done in time. */
  private boolean send(Schedule schedule, int commands, long endNs) {
    Completions completions = attempt.completions();
    watch.enter(SEND, endNs + SLACK_NS);
    int next = 0;
    long nowNs = System.nanoTime();
    while (next < commands && nowNs < endNs) {
      int first = next;
      int end = Math.min(commands, next + BURST);
      while (next < end
          && schedule.dueNs(next) <= nowNs
          && pipeline.offer(workload.fills() + next)) {
        next++;
      }
      pipeline.idle(next - first);
      nowNs = System.nanoTime();
    }
    while (completions.done() < commands && System.nanoTime() < endNs) {
      pipeline.idle(0);
    }
    return completions.done() == commands;
  }
}
