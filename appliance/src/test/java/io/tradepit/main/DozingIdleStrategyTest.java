package io.tradepit.main;

import static io.tradepit.main.DozingIdleStrategy.NAPS;
import static io.tradepit.main.DozingIdleStrategy.SPINS;
import static io.tradepit.main.DozingIdleStrategy.YIELDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DozingIdleStrategyTest {
  @Test
  void shouldSleepLongerTheLongerNothingHappens() {
    int awake = SPINS + YIELDS;

    assertEquals(0, DozingIdleStrategy.sleepNs(awake - 1));
    assertEquals(1_000, DozingIdleStrategy.sleepNs(awake));
    assertEquals(128_000, DozingIdleStrategy.sleepNs(awake + 7));
    assertEquals(200_000, DozingIdleStrategy.sleepNs(awake + 8));
    assertEquals(200_000, DozingIdleStrategy.sleepNs(awake + NAPS - 1));
    assertEquals(1_000_000, DozingIdleStrategy.sleepNs(awake + NAPS));
  }

  @Test
  void shouldDozeOnlyAfterALongPauseAndBeAwakeAfterWork() {
    DozingIdleStrategy idle = new DozingIdleStrategy();
    for (int i = 0; i < SPINS + YIELDS + NAPS; i++) {
      idle.idle(0);
    }

    assertTrue(sleptNs(idle) >= 900_000, "a doze is a millisecond");
    idle.idle(1);
    assertTrue(quickestNs(idle) < 500_000, "after work it spins");
  }

  private static long sleptNs(DozingIdleStrategy idle) {
    long longest = 0;
    for (int i = 0; i < 5; i++) {
      longest = Math.max(longest, turnNs(idle));
    }
    return longest;
  }

  private static long quickestNs(DozingIdleStrategy idle) {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      quickest = Math.min(quickest, turnNs(idle));
    }
    return quickest;
  }

  private static long turnNs(DozingIdleStrategy idle) {
    long from = System.nanoTime();
    idle.idle(0);
    return System.nanoTime() - from;
  }
}
