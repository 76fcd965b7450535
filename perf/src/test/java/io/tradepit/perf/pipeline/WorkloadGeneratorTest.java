package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The workload has the shape that exchange-core publishes its latencies for. */
@Timeout(60)
class WorkloadGeneratorTest {
  private static final int COMMANDS = 100_000;

  @Test
  void shouldHaveThePublishedShares() {
    Workload workload = WorkloadGenerator.generate(COMMANDS, WorkloadGenerator.SEED);
    assertEquals(0.09, workload.share(Workload.GTC), 0.005);
    assertEquals(0.03, workload.share(Workload.IOC), 0.005);
    assertEquals(0.06, workload.share(Workload.CANCEL), 0.005);
    assertEquals(0.82, workload.share(Workload.MOVE), 0.005);
    assertEquals(0.06, (double) workload.trades() / COMMANDS, 0.005);
  }

  @Test
  void shouldStandAtAsManyPricesAsPublished() {
    assertEquals(750, WorkloadGenerator.meanLevels(COMMANDS, WorkloadGenerator.SEED), 40);
  }

  @Test
  void shouldBeTheSameForASeed() {
    Workload one = WorkloadGenerator.generate(COMMANDS, 7);
    Workload other = WorkloadGenerator.generate(COMMANDS, 7);
    for (int i = 0; i < one.commands(); i++) {
      assertEquals(one.kind(i), other.kind(i));
      assertEquals(one.orderId(i), other.orderId(i));
      assertEquals(one.price(i), other.price(i));
      assertEquals(one.quantity(i), other.quantity(i));
    }
  }
}
