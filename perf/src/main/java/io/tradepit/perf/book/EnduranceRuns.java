package io.tradepit.perf.book;

import com.sun.management.ThreadMXBean;
import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.ThisJvm;
import io.tradepit.perf.flow.Flow;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;

/**
 * A child process: one engine takes all regimes again and again, each time from empty books to
 * empty books, and is looked at for what was lost on the way. The state is never made anew. Behind
 * each turn the reports must have been the reference's, in their order, and as many records be in
 * use as behind the first; the whole state is audited behind the first turn and the last.
 * Arguments: the engine's class, messages at least, orders of each regime.
 */
public final class EnduranceRuns {
  static final String PROGRESS = "progress ";

  private static final int BATCH = 256;
  private static final long BETWEEN_LINES = 100_000_000;

  /** From which on nothing may grow, since all has been there once. */
  private static final int SETTLED_TURN = 2;

  private static final int LEAST_TURNS = 3;

  /** The JIT is at work in the first part of the turns. */
  private static final int PARTS_OF_RESIDENT = 4;

  private final AuditedEngine engine;
  private final EnduranceCycle cycle;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long reports;
  private long allocatedBytes;
  private long tookNs;
  private long turns;
  private int recordsInUse;
  private String mostInUse = "";
  private long residentBefore;
  private String fault = "";

  EnduranceRuns(AuditedEngine engine, EnduranceCycle cycle) {
    this.engine = engine;
    this.cycle = cycle;
  }

  public static void main(String[] arguments) throws ReflectiveOperationException {
    try {
      run(arguments);
    } catch (IllegalStateException e) {
      System.out.println(ChildJvm.FAILED + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(String[] arguments) throws ReflectiveOperationException {
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
   * Whole turns until so many messages were taken, three at least, or until one has a fault. Time
   * and bytes of the first turn do not count.
   *
   * @param progress is told every 100 million messages
   * @throws IllegalStateException when the engine has no room in the middle of a turn
   */
  EnduranceFigures run(long messages, LongConsumer progress) {
    long wanted = Math.max(LEAST_TURNS, Math.ceilDiv(messages, cycle.flow().messages()));
    long residentTurn = Math.max(SETTLED_TURN, wanted / PARTS_OF_RESIDENT);
    firstTurn();
    long said = 0;
    while (turns < wanted && fault.isEmpty()) {
      turn();
      require("records in use", engine.recordsInUse(), recordsInUse);
      if (turns == SETTLED_TURN) {
        mostInUse = engine.mostInUse();
      }
      if (turns == residentTurn) {
        residentBefore = ResidentMemory.ofThisProcess();
      }
      if (messages() - said >= BETWEEN_LINES) {
        said = messages();
        progress.accept(said);
      }
    }
    return figures();
  }

  private long messages() {
    return turns * cycle.flow().messages();
  }

  /** What a turn leaves is proved behind this one, and then only counted. */
  private void firstTurn() {
    turn();
    audit();
    allocatedBytes = 0;
    tookNs = 0;
    recordsInUse = engine.recordsInUse();
    residentBefore = ResidentMemory.ofThisProcess();
  }

  private EnduranceFigures figures() {
    long residentAfter = ResidentMemory.ofThisProcess();
    if (!engine.mostInUse().equals(mostInUse)) {
      fault("most in use " + engine.mostInUse() + ", in turn " + SETTLED_TURN + " " + mostInUse);
    }
    audit();
    return new EnduranceFigures(
        messages(),
        messages() - cycle.flow().messages(),
        tookNs,
        reports,
        turns * cycle.reports(),
        engine.openOrders(),
        allocatedBytes,
        residentBefore,
        residentAfter,
        fault);
  }

  private void audit() {
    String defect = engine.defect();
    if (defect != null) {
      fault(defect);
    }
  }

  private void require(String name, long found, long expected) {
    if (found != expected) {
      fault(name + "=" + found + " expected=" + expected);
    }
  }

  /** Only the first one is kept: others may come of it. */
  private void fault(String what) {
    if (fault.isEmpty()) {
      fault = "turn=" + turns + " " + what;
    }
  }

  private void turn() {
    engine.beginAgain();
    Flow flow = cycle.flow();
    HashedReports given = new HashedReports();
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    long begunNs = System.nanoTime();
    for (int from = 0; from < flow.messages(); from += BATCH) {
      engine.apply(flow, from, Math.min(flow.messages(), from + BATCH), given);
      given.endBatch();
    }
    tookNs += System.nanoTime() - begunNs;
    allocatedBytes += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    turns++;
    reports += given.count();
    require("hash of reports", given.hash(), cycle.hash());
  }
}
