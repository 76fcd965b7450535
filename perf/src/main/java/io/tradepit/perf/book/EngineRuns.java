package io.tradepit.perf.book;

import com.sun.management.ThreadMXBean;
import io.tradepit.perf.ThisJvm;
import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.util.EnumMap;
import java.util.Map;

/**
 * A child process: one engine, some regimes, each run with a new engine and a line of figures on
 * standard output. The main thread is the matcher's, pinned to the last core; reports are drained
 * on the first one. Arguments: {@link RunOptions}.
 */
public final class EngineRuns {
  private static final int BATCH = 256;
  private final RunOptions options;
  private final Constructor<? extends BookEngine> constructor;
  private final Map<Regime, Flow> flows = new EnumMap<>(Regime.class);
  private final int drainerCore;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private EngineRuns(RunOptions options, int drainerCore) throws ReflectiveOperationException {
    this.options = options;
    this.constructor = options.constructor();
    this.drainerCore = drainerCore;
  }

  public static void main(String[] arguments) throws Exception {
    int[] cores = Cores.allowed();
    if (cores.length < 2) {
      throw new IllegalStateException("cores=" + cores.length + " needed=2");
    }
    try (Arena arena = Arena.ofShared()) {
      EngineRuns runs = new EngineRuns(RunOptions.parse(arguments), cores[0]);
      runs.generate(arena);
      Cores.pin(cores[cores.length - 1]);
      runs.runAll();
    }
  }

  private void generate(Arena arena) {
    for (Regime regime : options.regimes()) {
      flows.put(regime, FlowGenerator.generate(regime, options.orders(), options.seed(), arena));
    }
  }

  private void runAll() throws Exception {
    for (int i = 0; i < options.warmups(); i++) {
      for (Regime regime : options.regimes()) {
        run(regime);
      }
    }
    System.out.println("engine version=" + version() + "; " + ThisJvm.text());
    for (int i = 0; i < options.runs(); i++) {
      for (Regime regime : options.regimes()) {
        System.out.println(run(regime).line());
      }
    }
  }

  private String version() throws ReflectiveOperationException {
    return constructor.newInstance(flows.get(options.regimes().getFirst())).version();
  }

  private RunFigures run(Regime regime) throws Exception {
    Flow flow = flows.get(regime);
    BookEngine engine = constructor.newInstance(flow);
    long beforeNs = CacheLineProbe.roundTripNs(drainerCore);
    RunFigures figures =
        switch (options.delivery()) {
          case RING -> handOver(regime, engine, flow);
          case COUNTED -> count(regime, engine, flow);
          case CHECKED -> check(regime, engine, flow);
        };
    return figures.placed(beforeNs, CacheLineProbe.roundTripNs(drainerCore));
  }

  private RunFigures handOver(Regime regime, BookEngine engine, Flow flow)
      throws InterruptedException {
    try (Arena arena = Arena.ofShared()) {
      RingLayout ring = RingLayout.allocate(arena);
      ReportDrainer drainer = new ReportDrainer(ring, () -> Cores.pin(drainerCore));
      Thread thread = new Thread(drainer, "tp-drain");
      thread.setDaemon(true);
      RingReports reports = new RingReports(ring, arena);
      long allocated;
      long tookNs;
      thread.start();
      try {
        drainer.awaitStarted();
        allocated = threads.getCurrentThreadAllocatedBytes();
        long begunNs = System.nanoTime();
        apply(engine, flow, reports);
        reports.awaitDrained();
        tookNs = System.nanoTime() - begunNs;
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
      } finally {
        drainer.end();
        thread.join();
      }
      return figures(regime, flow, tookNs, reports, drainer.checksum(), 0, allocated);
    }
  }

  private RunFigures count(Regime regime, BookEngine engine, Flow flow) {
    CountedReports reports = new CountedReports();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long begunNs = System.nanoTime();
    apply(engine, flow, reports);
    long tookNs = System.nanoTime() - begunNs;
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    return figures(regime, flow, tookNs, reports, reports.checksum(), 0, allocated);
  }

  private RunFigures check(Regime regime, BookEngine engine, Flow flow) {
    HashedReports reports = new HashedReports();
    long begunNs = System.nanoTime();
    apply(engine, flow, reports);
    long tookNs = System.nanoTime() - begunNs;
    return figures(regime, flow, tookNs, reports, reports.checksum(), reports.hash(), 0);
  }

  private static void apply(BookEngine engine, Flow flow, Reports reports) {
    int messages = flow.messages();
    for (int from = 0; from < messages; from += BATCH) {
      engine.apply(flow, from, Math.min(messages, from + BATCH), reports);
      reports.endBatch();
    }
  }

  private static RunFigures figures(
      Regime regime,
      Flow flow,
      long tookNs,
      Reports reports,
      long checksum,
      long hash,
      long allocated) {
    return new RunFigures(
        regime,
        tookNs,
        flow.messages(),
        reports.count(),
        checksum,
        hash,
        allocated,
        0,
        0,
        flow.hash());
  }
}
