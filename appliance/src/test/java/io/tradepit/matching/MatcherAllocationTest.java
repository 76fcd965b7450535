package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is allocated in steady state; time and figures of large books. */
class MatcherAllocationTest {
  private static final long SYMBOL = 0x4141414120202020L;
  private static final int ORDERS = 1_000_000;
  private static final Capacities CAPACITIES = new Capacities(ORDERS, 10_000, ORDERS, 1, 2);

  private final Commands commands = new Commands();
  private Matcher matcher;
  private long sequence;
  private long events;
  private Object kept = this;

  private void start() {
    StateLayout layout = StateLayout.of(CAPACITIES);
    UnsafeBuffer[] pages = StateMemory.pages(layout);
    matcher =
        new Matcher(
            layout,
            StateMemory.books(layout),
            pages,
            (s, t, w, first, count, last, b, offset, length) -> events += count);
    commands.openDay(CAPACITIES);
    apply();
    commands.defineInstrument(SYMBOL, 100, 1);
    apply();
    commands.defineSession(0, "USER00");
    apply();
    commands.connect(0, 1);
    apply();
    commands.startTrading();
    apply();
  }

  private void apply() {
    sequence++;
    boolean complete = matcher.onCommand(sequence, sequence, commands.buffer, 0, Commands.LENGTH);
    while (!complete) {
      complete = matcher.resume();
    }
  }

  /** Every order rests and is then matched, replaced or canceled. */
  private void trade(int orders, long firstUrn) {
    for (int i = 0; i < orders; i++) {
      long urn = firstUrn + i;
      char side = (i & 1) == 0 ? 'B' : 'S';
      long price = 1_000_000 + 100L * (i * 7919L % 64) - (side == 'B' ? 3200 : 0);
      commands.enter(0, 1, urn, side, 100, SYMBOL, price);
      apply();
      if (i % 3 == 0) {
        commands.cancel(0, 1, 0, urn - 50, 0);
        apply();
      }
    }
    commands.control(0, 'C');
    apply();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void shouldAllocateNothingInSteadyState() {
    start();
    trade(100_000, 1);
    long bytes = AllocationMeter.bytesAllocatedBy(() -> trade(ORDERS, 100_001));
    // The lambda's own run may be counted once while it is linked, so the second reading decides.
    bytes = Math.min(bytes, AllocationMeter.bytesAllocatedBy(() -> trade(ORDERS, 1_100_001)));
    assertEquals(0, bytes);
    long control = AllocationMeter.bytesAllocatedBy(() -> kept = new long[1000]);
    assertTrue(control >= 8000, "control=" + control + " kept=" + kept);
    Tier.ran("matcher allocation", "orders=" + ORDERS + " bytes=" + bytes + " control=" + control);
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void shouldCancelAMillionRestingOrdersInSteps() {
    start();
    for (int i = 0; i < ORDERS; i++) {
      commands.enter(0, 1, i + 1, 'B', 100, SYMBOL, 100 * (1 + i % 5000L));
      apply();
    }
    assertEquals(ORDERS, matcher.ordersInUse());
    assertEquals(5000, matcher.levelsInUse());
    long before = events;
    long begun = System.nanoTime();
    commands.control(0, 'C');
    apply();
    long took = System.nanoTime() - begun;
    assertEquals(ORDERS + 2, events - before);
    assertEquals(0, matcher.ordersInUse());
    assertEquals(0, matcher.levelsInUse());
    Tier.ran("cancel-all", "orders=" + ORDERS + " ms=" + took / 1_000_000);
  }
}
