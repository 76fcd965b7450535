package io.tradepit.telemetry;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.concurrent.NanoClock;

/**
 * How long a thread that only spins is away, and how often: what the machine itself adds to any
 * latency, by interrupts, other threads, the hypervisor or the firmware.
 *
 * <p>It reads the clock over and over; two readings further apart than the threshold are a gap. To
 * be run before or after a measurement, not during it: it takes a core. The calling thread spins.
 */
public final class GapProbe {
  /** Above what an undisturbed pair of clock readings takes on any machine, ns. */
  public static final long DEFAULT_THRESHOLD_NS = TimeUnit.MICROSECONDS.toNanos(1);

  private final NanoClock clock;
  private final long thresholdNs;

  public GapProbe(NanoClock clock, long thresholdNs) {
    this.clock = clock;
    this.thresholdNs = thresholdNs;
  }

  /**
   * Spins for a time.
   *
   * @param gaps takes each gap, ns
   * @return how long it spun in fact, gaps included, ns
   */
  public long run(long durationNs, SingleWriterRecorder gaps) {
    long started = clock.nanoTime();
    long end = started + durationNs;
    long last = started;
    while (last - end < 0) {
      long now = clock.nanoTime();
      long awayNs = now - last;
      if (awayNs > thresholdNs) {
        gaps.recordValue(Math.min(awayNs, LatencyLog.MAX_VALUE_NS));
      }
      last = now;
    }
    return last - started;
  }

  /**
   * Spins for a time and appends what it saw to a log, as an interval of the leg {@link Leg#GAPS}
   * from the first to the last reading.
   */
  public static void record(LatencyLog log, long durationNs) {
    SingleWriterRecorder gaps = log.leg(Leg.GAPS);
    long startMs = System.currentTimeMillis();
    long spunNs = new GapProbe(System::nanoTime, DEFAULT_THRESHOLD_NS).run(durationNs, gaps);
    log.write(startMs, startMs + TimeUnit.NANOSECONDS.toMillis(spunNs));
  }
}
