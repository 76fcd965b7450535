package io.tradepit.tools.report;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What the machine's own gaps do to someone who arrives at a random instant at a thread that only
 * spins: nothing most of the time, the rest of the gap when the thread is away.
 *
 * <p>Percentiles of gaps are of gaps and say little; percentiles of this wait are of arrivals, as
 * those of a latency are, and can stand beside them.
 */
final class MachineGaps {
  private static final int BISECTIONS = 60;

  private final Histogram gaps;
  private final double observedNs;

  /**
   * @param gaps lengths of the gaps, ns
   * @param observedNs how long was looked, gaps included
   */
  MachineGaps(Histogram gaps, double observedNs) {
    this.gaps = gaps;
    this.observedNs = observedNs;
  }

  static MachineGaps of(LegFigures leg) {
    double observedMs = 0;
    for (Timeline.Interval interval : leg.intervals()) {
      observedMs += interval.endMs() - interval.startMs();
    }
    return new MachineGaps(leg.total(), observedMs * 1e6);
  }

  double observedNs() {
    return observedNs;
  }

  long count() {
    return gaps.getTotalCount();
  }

  /** Share of the time in which the thread was away, 0 to 1. */
  double awayShare() {
    return waitsLongerThan(0);
  }

  /** The wait that all but the given share of arrivals stay within, ns; the longest gap for 1. */
  long waitNs(double share) {
    double beyond = 1 - share;
    if (waitsLongerThan(0) <= beyond) {
      return 0;
    }
    double low = 0;
    double high = gaps.getMaxValue();
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (waitsLongerThan(middle) > beyond) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.round(high);
  }

  /** Share of arrivals that wait longer: whoever comes in the part of a gap before its last ns. */
  private double waitsLongerThan(double ns) {
    double sum = 0;
    for (HistogramIterationValue value : gaps.recordedValues()) {
      double gap = value.getValueIteratedTo();
      if (gap > ns) {
        sum += (gap - ns) * value.getCountAtValueIteratedTo();
      }
    }
    return Math.min(1, sum / observedNs);
  }
}
