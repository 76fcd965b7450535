package io.tradepit.host.preflight;

import io.tradepit.host.ThreadPlacement;
import io.tradepit.telemetry.GapProbe;
import io.tradepit.telemetry.LatencyLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** How long a thread that only spins is away from each of some cores. */
interface CoreSpin {
  /**
   * What was seen of a core.
   *
   * @param spunNs how long it was spun on
   * @param over10us gaps of more than 10 us
   * @param over100us gaps of more than 100 us
   * @param maxNs the longest gap
   * @param lostNs all gaps of more than 1 us together
   * @param refusal why the core was not obtained; empty when it was
   */
  record Gaps(long spunNs, long over10us, long over100us, long maxNs, long lostNs, String refusal) {
    static Gaps refused(String why) {
      return new Gaps(0, 0, 0, 0, 0, why);
    }
  }

  /** Spins on all of the cores at once, a thread each, for a time. */
  Map<Integer, Gaps> spin(List<Integer> cores, Duration duration);

  /** On this machine. */
  static CoreSpin onThisMachine() {
    return new PinnedThreads();
  }

  /** Threads of our own, pinned, and gone when it is over. */
  final class PinnedThreads implements CoreSpin {
    private static final long TEN_US = 10_000;
    private static final long HUNDRED_US = 100_000;

    @Override
    public Map<Integer, Gaps> spin(List<Integer> cores, Duration duration) {
      Map<Integer, Gaps> found = new ConcurrentHashMap<>();
      CountDownLatch ended = new CountDownLatch(cores.size());
      for (int core : cores) {
        Thread.ofPlatform()
            .name("tp-spin-" + core)
            .daemon()
            .start(() -> {
              try {
                found.put(core, spin(core, duration));
              } catch (RuntimeException e) {
                found.put(core, Gaps.refused(e.getMessage()));
              } finally {
                ended.countDown();
              }
            });
      }
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new TreeMap<>(found);
    }

    private static Gaps spin(int core, Duration duration) {
      ThreadPlacement.pin(core);
      SingleWriterRecorder gaps =
          new SingleWriterRecorder(LatencyLog.MAX_VALUE_NS, LatencyLog.DIGITS);
      GapProbe probe = new GapProbe(System::nanoTime, GapProbe.DEFAULT_THRESHOLD_NS);
      // The first turns are compiled; what they show is the compiler.
      probe.run(duration.toNanos() / 10, gaps);
      gaps.reset();
      long spunNs = probe.run(duration.toNanos(), gaps);
      Histogram seen = gaps.getIntervalHistogram();
      long lostNs = seen.getTotalCount() == 0 ? 0 : (long) (seen.getMean() * seen.getTotalCount());
      return new Gaps(
          spunNs,
          seen.getCountBetweenValues(TEN_US, Long.MAX_VALUE),
          seen.getCountBetweenValues(HUNDRED_US, Long.MAX_VALUE),
          seen.getMaxValue(),
          lostNs,
          "");
    }
  }
}
