package io.tradepit.perf;

import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import io.tradepit.time.Clock;
import io.tradepit.time.SystemClock;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * One reading of each clock that the product has: the JVM's monotonic one, which agents pace
 * themselves by; {@code time.SystemClock} (CLOCK_REALTIME by a downcall), which gives commands
 * their time; CLOCK_TAI, which stamps of cards are compared with. No thread of the order path reads
 * the clock of a card itself.
 */
public class ClockBenchmark extends OneThreadBenchmark {
  private static final long NOVEMBER_2023_NS = 1_700_000_000_000_000_000L;

  private final Libc libc = new FfmLibc();
  private final Clock clock = new SystemClock(libc);
  private long lastNs = System.nanoTime();

  /** {@code System.nanoTime}. */
  @Benchmark
  public long monotonic() {
    long nowNs = System.nanoTime();
    if (nowNs < lastNs) {
      throw new IllegalStateException("nowNs=" + nowNs + " lastNs=" + lastNs);
    }
    lastNs = nowNs;
    return nowNs;
  }

  /** The time of a command. */
  @Benchmark
  public long realtime() {
    return plausible(clock.epochNs());
  }

  /** International atomic time, as far as the kernel was told it. */
  @Benchmark
  public long tai() {
    return plausible(libc.clockTaiNs());
  }

  private static long plausible(long epochNs) {
    if (epochNs < NOVEMBER_2023_NS) {
      throw new IllegalStateException("epochNs=" + epochNs);
    }
    return epochNs;
  }
}
