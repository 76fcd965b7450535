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
  private static final int MOST_ROUNDS = 16;
  private static final int ROUNDS_WITHOUT = 2;
  private static final Capacities CAPACITIES = new Capacities(ORDERS, 10_000, ORDERS, 1, 3);

  private final Commands commands = new Commands();
  private Matcher matcher;
  private long sequence;
  private long urn;
  private long timeNs;
  private int epoch;
  private int steps;
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
    commands.defineSession(1, "USER01", 0);
    apply();
    commands.defineSession(2, "USER02", 1);
    apply();
    commands.startTrading();
    apply();
  }

  private void apply() {
    sequence++;
    steps = 1;
    timeNs++;
    boolean complete = matcher.onCommand(sequence, timeNs, commands.buffer, 0, commands.length());
    while (!complete) {
      complete = matcher.resume();
      steps++;
    }
  }

  /** Enters, matches, sweeps, replaces, modifies, cancels one by one, by side and all at once. */
  private void trade() {
    for (int i = 0; i < ORDERS; i++) {
      long number = ++urn;
      char side = (i & 1) == 0 ? 'B' : 'S';
      long price = 1_000_000 + 100L * (i * 7919L % 64) - (side == 'B' ? 3200 : 0);
      byte timeInForce = (byte) (i % 11 == 0 ? '3' : '0');
      commands.enter(0, 1, number, side, 100, SYMBOL, price).timeInForce(timeInForce);
      apply();
      int kind = i & 7;
      if (kind < 2) {
        commands.cancel(0, 1, 0, number - 20, kind * 50L);
        apply();
      } else if (kind == 2) {
        commands.replace(0, 1, number - 4, ++urn, 120, price - 100);
        apply();
      } else if (kind == 3) {
        commands.modify(0, 1, number - 2, side, 60);
        apply();
      }
      if (i % 50_000 == 0) {
        commands.control(0, 'C');
        apply();
      } else if (i % 500 == 0) {
        account();
      } else if (i % 10_000 == 250) {
        away();
      }
    }
    commands.control(0, 'C');
    apply();
  }

  private void account() {
    commands.disable(0, 1, 0, ++urn, "MKRA");
    apply();
    commands.enable(0, 1, 0, ++urn, "MKRA");
    apply();
    commands.query(0, 1, 0);
    apply();
    commands
        .massCancel(0, 1, ++urn, "MKRA", SYMBOL)
        .tags()
        .present(1L << 24 | 1L << 27 | 1L << 28)
        .side((byte) 'S');
    apply();
    commands.massCancel(0, 1, ++urn, "NONE", 0);
    apply();
  }

  private void away() {
    leave(1, 1);
    leave(2, 1);
    timeNs += 1_000_000;
    // More events than a step holds come before the command.
    leave(2, 300);
    commands.gateway(255);
    timeNs += 1_000_000;
    commands.tick();
    apply();
    commands.markState(1);
    apply();
    commands.gateway(1);
  }

  /** A session comes, rests some orders and is cut. */
  private void leave(int session, int orders) {
    epoch++;
    commands.connect(session, epoch);
    apply();
    for (int i = 0; i < orders; i++) {
      commands.enter(session, epoch, ++urn, 'B', 100, SYMBOL, 100);
      apply();
    }
    commands.disconnect(session, epoch);
    apply();
  }

  private long bytesOfARound() {
    return AllocationMeter.bytesAllocatedBy(this::trade);
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void shouldAllocateNothingInSteadyState() {
    start();
    int rounds = 0;
    int inTurn = 0;
    // What the JVM itself allocates on this thread, while it compiles and takes that back, ends
    // after some rounds; what the matcher allocates would not.
    while (inTurn < ROUNDS_WITHOUT) {
      inTurn = bytesOfARound() == 0 ? inTurn + 1 : 0;
      assertTrue(rounds++ < MOST_ROUNDS, "rounds=" + rounds);
    }
    long control = AllocationMeter.bytesAllocatedBy(() -> kept = new long[1000]);
    assertTrue(control >= 8000, "control=" + control + " kept=" + kept);
    Tier.ran(
        "matcher allocation",
        "orders="
            + ORDERS
            + " bytes=0 rounds="
            + rounds
            + " control="
            + control
            + " events="
            + events);
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

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void shouldMassCancelAMillionRestingOrdersInSteps() {
    start();
    for (int i = 0; i < ORDERS; i++) {
      char side = (i & 1) == 0 ? 'B' : 'S';
      long price = 100 * (1 + i % 2000L) + (side == 'B' ? 0 : 1_000_000);
      commands.enter(0, 1, i + 1, side, 100, SYMBOL, price);
      apply();
    }
    urn = ORDERS;
    long missed = massCancel('E');
    // At most 4,096 orders are looked at in a step.
    assertEquals(ORDERS / 4096 + 1, steps);
    assertEquals(ORDERS, matcher.ordersInUse());
    long half = massCancel('S');
    assertEquals(ORDERS / 2, matcher.ordersInUse());
    long rest = massCancel('B');
    assertEquals(0, matcher.ordersInUse());
    Tier.ran(
        "mass cancel",
        "orders=" + ORDERS + " missedMs=" + missed + " halfMs=" + half + " restMs=" + rest);
  }

  /** Of one side; returns how many milliseconds it took. */
  private long massCancel(char side) {
    commands.massCancel(0, 1, ++urn, "MKRA", SYMBOL).tags().present(1L << 27).side((byte) side);
    long before = events;
    int orders = matcher.ordersInUse();
    long begun = System.nanoTime();
    apply();
    long took = System.nanoTime() - begun;
    assertEquals(1 + orders - matcher.ordersInUse(), events - before);
    return took / 1_000_000;
  }
}
