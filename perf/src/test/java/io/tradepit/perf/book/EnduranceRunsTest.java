package io.tradepit.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.flow.Flow;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is lost by our engines; what an engine loses on purpose is found and named. */
@Timeout(60)
class EnduranceRunsTest {
  private static final int ORDERS = 2_000;
  private static final int MESSAGES = 100_000;

  private static final Arena ARENA = Arena.ofShared();
  private static final EnduranceCycle CYCLE = EnduranceCycle.of(ORDERS, ARENA);

  @AfterAll
  static void free() {
    ARENA.close();
  }

  private static EnduranceFigures figures(Function<Flow, AuditedEngine> maker) {
    return new EnduranceRuns(maker.apply(CYCLE.flow()), CYCLE).run(MESSAGES, done -> {});
  }

  @Test
  void shouldLoseNothingInBooksAndTables() {
    EnduranceFigures figures = figures(TradepitEngine::new);
    assertEquals(List.of(), figures.losses());
    assertTrue(figures.messages() >= MESSAGES, figures::line);
  }

  @Test
  void shouldLoseNothingInTheWholeMatcher() {
    assertEquals(List.of(), figures(TradepitMatcherEngine::new).losses());
  }

  @Test
  void shouldFindOneRecordThatIsNotGivenBack() {
    EnduranceFigures figures =
        figures(flow ->
            new Faulty(new TradepitEngine(flow)) {
              @Override
              public void beginAgain() {
                if (turn++ == 0) {
                  engine.pool().allocate();
                }
              }
            });
    assertEquals(List.of("turn=1 defect=order in use value=1 needed=0 found=0"), figures.losses());
  }

  @Test
  void shouldNameTheTurnThatKeepsARecord() {
    EnduranceFigures figures =
        figures(flow ->
            new Faulty(new TradepitEngine(flow)) {
              @Override
              public void beginAgain() {
                if (turn++ >= 2) {
                  engine.pool().allocate();
                }
              }
            });
    assertEquals(1, figures.losses().size(), figures::line);
    assertTrue(figures.fault().startsWith("turn=3 records in use="), figures::line);
    assertEquals(3L * CYCLE.flow().messages(), figures.messages());
  }

  @Test
  void shouldEndWhenNoRecordIsLeft() {
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                figures(flow ->
                    new Faulty(new TradepitEngine(flow)) {
                      @Override
                      public void beginAgain() {
                        takeAll();
                      }
                    }));
    assertTrue(failure.getMessage().endsWith("free=0"), failure::getMessage);
  }

  /** All are free again, but more were in use than ever before. */
  @Test
  void shouldFindThatAPoolHasGrown() {
    EnduranceFigures figures =
        figures(flow ->
            new Faulty(new TradepitEngine(flow)) {
              @Override
              public void beginAgain() {
                if (turn++ == 2) {
                  takeAll().forEach(engine.pool()::free);
                }
              }
            });
    assertTrue(figures.fault().contains(" most in use orders="), figures::line);
  }

  @Test
  void shouldFindReportsInAnotherOrder() {
    EnduranceFigures figures =
        figures(flow ->
            new Faulty(new TradepitEngine(flow)) {
              @Override
              public void apply(Flow messages, int from, int to, Reports reports) {
                super.apply(messages, from, to, from == 0 ? new Swapped(reports) : reports);
              }
            });
    assertEquals(figures.expectedReports(), figures.reports());
    assertTrue(figures.fault().startsWith("turn=1 hash of reports="), figures::line);
  }

  @Test
  void shouldTakeATurnBehindTheSettledOne() {
    EnduranceFigures figures =
        new EnduranceRuns(new TradepitEngine(CYCLE.flow()), CYCLE).run(1, done -> {});
    assertEquals(3L * CYCLE.flow().messages(), figures.messages());
    assertEquals(2L * CYCLE.flow().messages(), figures.timedMessages());
  }

  @Test
  void shouldFindAMessageThatWasNotApplied() {
    EnduranceFigures figures =
        figures(flow ->
            new Faulty(new TradepitEngine(flow)) {
              @Override
              public void apply(Flow messages, int from, int to, Reports reports) {
                super.apply(messages, turn++ == 0 ? from + 1 : from, to, reports);
              }
            });
    assertTrue(figures.reports() < figures.expectedReports(), figures::line);
    assertTrue(figures.fault().startsWith("turn=1 hash of reports="), figures::line);
  }

  @Test
  void shouldFindWhatIsAllocatedOnTheHeap() {
    EnduranceFigures figures =
        figures(flow ->
            new Faulty(new TradepitEngine(flow)) {
              @Override
              public void apply(Flow messages, int from, int to, Reports reports) {
                kept = new byte[1_024];
                super.apply(messages, from, to, reports);
              }
            });
    assertTrue(figures.losses().getFirst().startsWith("allocatedBytes="), figures::line);
  }

  @Test
  void shouldReadTheLineThatAProcessPrints() {
    EnduranceFigures figures = new EnduranceFigures(8, 7, 6, 5, 4, 3, 2, 1, 9, "order=8, place=1");
    assertTrue(EnduranceFigures.isFigures(figures.line()));
    assertEquals(figures, EnduranceFigures.parse(figures.line()));
  }

  /** The first report comes behind the second one. */
  private static final class Swapped extends Reports {
    private final Reports target;
    private long[] first;
    private long count;

    Swapped(Reports target) {
      this.target = target;
    }

    @Override
    void report(long head, long orderId, long restingId, long terms) {
      if (count++ == 0) {
        first = new long[] {head, orderId, restingId, terms};
        return;
      }
      target.report(head, orderId, restingId, terms);
      if (count == 2) {
        target.report(first[0], first[1], first[2], first[3]);
      }
    }

    @Override
    void endBatch() {
      target.endBatch();
    }

    @Override
    long count() {
      return target.count();
    }
  }

  /** The books' engine with something done wrong. */
  private abstract static class Faulty implements AuditedEngine {
    final TradepitEngine engine;
    int turn;
    byte[] kept = {};

    Faulty(TradepitEngine engine) {
      this.engine = engine;
    }

    @Override
    public void beginAgain() {
      engine.beginAgain();
    }

    /** The records of orders that were free. */
    final List<Integer> takeAll() {
      List<Integer> taken = new ArrayList<>();
      for (int order = engine.pool().allocate(); order != 0; order = engine.pool().allocate()) {
        taken.add(order);
      }
      return taken;
    }

    @Override
    public int recordsInUse() {
      return engine.recordsInUse();
    }

    @Override
    public String mostInUse() {
      return engine.mostInUse();
    }

    @Override
    public int openOrders() {
      return engine.openOrders();
    }

    @Override
    public String defect() {
      return engine.defect();
    }

    @Override
    public void apply(Flow flow, int from, int to, Reports reports) {
      engine.apply(flow, from, to, reports);
    }

    @Override
    public String version() {
      return engine.version();
    }
  }
}
