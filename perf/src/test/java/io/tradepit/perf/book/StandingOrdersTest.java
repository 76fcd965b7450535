package io.tradepit.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much stands in the book of each regime. A million orders in the long tier; a part of them in
 * the short one, of which the same part stands, at as many levels as they can.
 */
@Timeout(300)
class StandingOrdersTest {
  private static final boolean LONG = "long".equals(System.getProperty("tradepit.tier"));
  private static final int ORDERS = LONG ? FlowGenerator.ORDERS : 50_000;
  private static final double PART = (double) ORDERS / FlowGenerator.ORDERS;

  private long standing;
  private int mostStanding;
  private int mostLevels;
  private long trades;

  @ParameterizedTest
  @CsvSource({
    "fixed-mid,41800,55,90,800",
    "routine-day,5500,30,450,62000",
    "swing-25,2600,40,1500,67000",
    "swing-40,1400,40,1100,69000",
    "flash-crash,500,15,550,70000",
  })
  void shouldLeaveAsManyOrdersStandingAsTheRegimeIsKnownFor(
      String label, int peak, int fewestLevels, int mostLevelsExpected, int fills) {
    try (Arena arena = Arena.ofConfined()) {
      Regime regime = Regime.of(label);
      Flow flow = FlowGenerator.generate(regime, ORDERS, FlowGenerator.SEED, arena);
      run(flow, new ReferenceEngine(flow));
      System.out.println(
          "regime="
              + label
              + " orders="
              + ORDERS
              + " standing="
              + standing / flow.messages()
              + " peak="
              + mostStanding
              + " levels="
              + mostLevels
              + " fills="
              + trades
              + " ticks="
              + (flow.limits().highestPrice() - flow.limits().lowestPrice()));
      assertEquals(peak * PART, mostStanding, 0.2 * peak * PART + 20);
      assertTrue(mostLevels >= fewestLevels && mostLevels <= mostLevelsExpected);
      assertEquals(fills * PART, (double) trades, 0.2 * fills * PART + 30);
    }
  }

  private void run(Flow flow, ReferenceEngine engine) {
    CountedKinds reports = new CountedKinds();
    for (int i = 0; i < flow.messages(); i++) {
      engine.apply(flow, i, i + 1, reports);
      standing += engine.openOrders();
      mostStanding = Math.max(mostStanding, engine.openOrders());
      mostLevels = Math.max(mostLevels, engine.levels(1));
    }
    trades = reports.trades;
  }

  private static final class CountedKinds extends Reports {
    private long count;
    private long trades;

    @Override
    void report(long head, long orderId, long restingId, long terms) {
      count++;
      trades += (head & 0xFF) == TRADED ? 1 : 0;
    }

    @Override
    void endBatch() {
      // Nobody waits.
    }

    @Override
    long count() {
      return count;
    }
  }
}
