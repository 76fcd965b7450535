package io.tradepit.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.kernel.FfmLibc;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SystemClockTest {
  private static final int READS = (int) Tier.count(1_000_000, 100_000_000);

  private final Clock clock = new SystemClock(new FfmLibc());
  private volatile long latest;
  private volatile Long escaped;

  @Test
  void shouldReadTheTimeOfTheMachine() {
    long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    long read = clock.epochNs();
    long after = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + 1);

    assertTrue(before <= read && read <= after, before + " <= " + read + " <= " + after);
  }

  @Test
  void shouldAllocateNothingWhenRead() {
    read(clock);

    long bytes = AllocationMeter.bytesAllocatedBy(() -> read(clock));

    Tier.ran("clock", READS + " reads, bytes=" + bytes);
    assertEquals(0, bytes);
  }

  @Test
  void shouldMeasureAllocationWhenAClockAllocates() {
    Clock allocating =
        () -> {
          escaped = clock.epochNs();
          return escaped;
        };
    read(allocating);

    long bytes = AllocationMeter.bytesAllocatedBy(() -> read(allocating));

    assertTrue(bytes > 0, "bytes=" + bytes);
  }

  private void read(Clock readClock) {
    for (int i = 0; i < READS; i++) {
      latest = Math.max(latest, readClock.epochNs());
    }
  }
}
