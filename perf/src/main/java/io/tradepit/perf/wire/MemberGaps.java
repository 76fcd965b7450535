package io.tradepit.perf.wire;

import io.tradepit.telemetry.GapProbe;
import io.tradepit.telemetry.LatencyLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long the member's own thread was away while it only spun, right before its orders: what the
 * machine adds to any latency of it.
 *
 * @param spunNs how long was looked
 * @param count gaps above {@link #THRESHOLD_NS}
 * @param longestNs 0 = none
 */
record MemberGaps(long spunNs, long count, long longestNs) {
  /** A gap is longer, ns. */
  static final long THRESHOLD_NS = TimeUnit.MICROSECONDS.toNanos(10);

  private static final String BEGIN = "gaps ";

  /** Spins on this thread. */
  static MemberGaps look(double seconds) {
    SingleWriterRecorder recorder =
        new SingleWriterRecorder(LatencyLog.MAX_VALUE_NS, LatencyLog.DIGITS);
    long spunNs =
        new GapProbe(System::nanoTime, THRESHOLD_NS).run(Math.round(seconds * 1e9), recorder);
    Histogram gaps = recorder.getIntervalHistogram();
    return new MemberGaps(spunNs, gaps.getTotalCount(), gaps.getMaxValue());
  }

  static boolean isGaps(String line) {
    return line.startsWith(BEGIN);
  }

  static MemberGaps parse(String line) {
    String[] words = line.split(" ", -1);
    return new MemberGaps(
        Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }

  /** Of all together; nothing of none. */
  static MemberGaps sum(List<MemberGaps> all) {
    return new MemberGaps(
        all.stream().mapToLong(MemberGaps::spunNs).sum(),
        all.stream().mapToLong(MemberGaps::count).sum(),
        all.stream().mapToLong(MemberGaps::longestNs).max().orElse(0));
  }

  String line() {
    return BEGIN + spunNs + ' ' + count + ' ' + longestNs;
  }

  double perSecond() {
    return count * 1e9 / Math.max(1, spunNs);
  }
}
