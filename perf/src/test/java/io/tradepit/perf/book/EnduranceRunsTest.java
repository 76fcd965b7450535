package io.tradepit.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.flow.Flow;
import java.lang.foreign.Arena;
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
    assertEquals(List.of("state: defect=order in use value=1 needed=0 found=0"), figures.losses());
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
    assertTrue(figures.losses().toString().contains("sum of reports=differs"), figures::line);
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
    EnduranceFigures figures =
        new EnduranceFigures(7, 6, 5, 4, false, 3, 2, 1, 9, "order=8, place=1");
    assertTrue(EnduranceFigures.isFigures(figures.line()));
    assertEquals(figures, EnduranceFigures.parse(figures.line()));
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
