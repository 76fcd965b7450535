package io.tradepit.perf.pipeline;

import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.ThisJvm;
import io.tradepit.perf.book.CacheLineProbe;
import io.tradepit.perf.book.Cores;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A child process: one pipeline, a rate after the other, each begun anew and told by a line of
 * figures on standard output. The main thread sends; it spins until a command is due. Arguments:
 * {@link PipelineOptions}.
 */
public final class PipelineRuns {
  /** A run that is this much later, or a hundredth of its time, has kept its rate. */
  private static final long ALLOWED_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int BURST = 16;
  private static final int LOST_IN_A_ROW = 2;

  private final PipelineOptions options;
  private final Workload workload;
  private final Pipeline pipeline;

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
    } catch (Exception e) {
      e.printStackTrace(System.out);
    }
    // The peer's threads are no daemons, and a stalled one does not end.
    System.exit(exitCode);
  }

  /** Figures of a pipeline that matches something else than the others say nothing. */
  private static final class UnequalTrades extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private UnequalTrades(boolean isDone, long trades, long expected) {
      super("done=" + isDone + " trades=" + trades + " expected=" + expected);
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

  /** How late the last result may be seen in a run of this length. */
  public static long allowedNs(long plannedNs) {
    return Math.max(ALLOWED_NS, plannedNs / 100);
  }

  private void runAll() throws Exception {
    System.out.println("pipeline version=" + pipeline.version() + "; " + ThisJvm.text());
    for (int i = 0; i < options.warmups(); i++) {
      RateFigures warm = run(options.warmupRate(), options.commands(), new Completions());
      System.out.println("warmed " + warm.line());
    }
    checkTrades();
    int lost = 0;
    for (int i = 0; i < options.rates().size() && lost < LOST_IN_A_ROW; i++) {
      long rate = options.rates().get(i);
      Completions completions = new Completions();
      int commands = (int) Math.min(options.commands(), rate * options.seconds());
      RateFigures figures = run(rate, commands, completions);
      System.out.println(figures.line());
      if (figures.isDone()) {
        save(rate, completions.latencies());
      }
      lost = figures.isKept() ? 0 : lost + 1;
    }
  }

  /** All of the workload, so that the matches are those that it was made with. */
  private void checkTrades() throws Exception {
    Completions completions = new Completions();
    pipeline.begin(completions);
    boolean isDone = send(completions, Schedule.NOW, options.commands());
    long trades = pipeline.trades();
    pipeline.end();
    if (!isDone || trades != workload.trades()) {
      throw new UnequalTrades(isDone, trades, workload.trades());
    }
    System.out.println("checked trades=" + trades);
  }

  private RateFigures run(long rate, int commands, Completions completions) throws Exception {
    pipeline.begin(completions);
    Schedule schedule = Schedule.of(System.nanoTime() + LEAD_NS, rate);
    completions.schedule(schedule);
    boolean isDone = send(completions, schedule, commands);
    pipeline.end();
    if (!isDone) {
      return RateFigures.undone(rate, completions.done());
    }
    long dueNs = schedule.dueNs(commands - 1);
    long lateNs = completions.lastNs() - dueNs;
    boolean isKept = lateNs <= allowedNs(dueNs - schedule.startNs());
    return RateFigures.of(rate, isKept, lateNs, completions.latencies());
  }

  /** Returns whether all were done at most {@link #LONGEST_WAIT_NS} behind the last due time. */
  private boolean send(Completions completions, Schedule schedule, int commands) {
    long endNs = Math.max(System.nanoTime(), schedule.dueNs(commands - 1)) + LONGEST_WAIT_NS;
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

  private void save(long rate, Histogram latencies) throws Exception {
    if (options.histograms().isPresent()) {
      Path file = Path.of(options.histograms().get() + "-" + rate + ".hgrm");
      try (PrintStream text = new PrintStream(Files.newOutputStream(file))) {
        latencies.outputPercentileDistribution(text, 1e3);
      }
    }
  }
}
