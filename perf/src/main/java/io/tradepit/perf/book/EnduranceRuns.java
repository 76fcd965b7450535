package io.tradepit.perf.book;

import com.sun.management.ThreadMXBean;
import io.tradepit.perf.ThisJvm;
import io.tradepit.perf.flow.Flow;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;

/**
 * A child process: one engine takes all regimes again and again, each time from empty books to
 * empty books, and is then looked at for what was lost on the way. The state is never made anew.
 * Reports are counted in place. Arguments: the engine's class, messages at least, orders of each
 * regime.
 */
public final class EnduranceRuns {
  static final String PROGRESS = "progress ";

  private static final int BATCH = 256;
  private static final long BETWEEN_LINES = 100_000_000;

  private final AuditedEngine engine;
  private final EnduranceCycle cycle;
  private final CountedReports reports = new CountedReports();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long allocatedBytes;
  private long tookNs;
  private long turns;

  EnduranceRuns(AuditedEngine engine, EnduranceCycle cycle) {
    this.engine = engine;
    this.cycle = cycle;
  }

  public static void main(String[] arguments) throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      EnduranceCycle cycle = EnduranceCycle.of(Integer.parseInt(arguments[2]), arena);
      AuditedEngine engine =
          Class.forName(arguments[0])
              .asSubclass(AuditedEngine.class)
              .getConstructor(Flow.class)
              .newInstance(cycle.flow());
      System.out.println("engine version=" + engine.version() + "; " + ThisJvm.text());
      EnduranceFigures figures =
          new EnduranceRuns(engine, cycle)
              .run(Long.parseLong(arguments[1]), done -> System.out.println(PROGRESS + done));
      System.out.println(figures.line());
    }
  }

  /**
   * Whole turns until so many messages were taken; the bytes of the first turn do not count.
   *
   * @param progress is told every 100 million messages
   */
  EnduranceFigures run(long messages, LongConsumer progress) {
    turn();
    allocatedBytes = 0;
    long residentBefore = ResidentMemory.ofThisProcess();
    long said = 0;
    while (turns * cycle.flow().messages() < messages) {
      turn();
      long done = turns * cycle.flow().messages();
      if (done - said >= BETWEEN_LINES) {
        said = done;
        progress.accept(done);
      }
    }
    String defect = engine.defect();
    return new EnduranceFigures(
        turns * cycle.flow().messages(),
        tookNs,
        reports.count(),
        turns * cycle.reports(),
        reports.checksum() == turns * cycle.checksum(),
        engine.openOrders(),
        allocatedBytes,
        residentBefore,
        ResidentMemory.ofThisProcess(),
        defect == null ? "" : defect);
  }

  private void turn() {
    engine.beginAgain();
    Flow flow = cycle.flow();
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    long begunNs = System.nanoTime();
    for (int from = 0; from < flow.messages(); from += BATCH) {
      engine.apply(flow, from, Math.min(flow.messages(), from + BATCH), reports);
      reports.endBatch();
    }
    tookNs += System.nanoTime() - begunNs;
    allocatedBytes += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    turns++;
  }
}
