package io.tradepit.tools.report;

import io.tradepit.telemetry.Leg;
import io.tradepit.tools.report.Timeline.Interval;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * All that was measured of one leg.
 *
 * @param tag one of {@link Leg}, or another
 * @param total all values, ns; at least one
 * @param intervals in the order of time; at least one
 */
record LegFigures(String tag, Histogram total, List<Interval> intervals) {
  LegFigures {
    intervals = List.copyOf(intervals);
  }

  boolean is(Leg leg) {
    return leg.tag().equals(tag);
  }

  long count() {
    return total.getTotalCount();
  }

  /** How many nines the greatest percentile has that so many values tell apart. */
  double nines() {
    return Math.log10((double) count());
  }

  /** The interval that has the greatest value. */
  Interval worst() {
    return intervals.stream()
        .max(Comparator.comparingLong(interval -> interval.values().getMaxValue()))
        .orElseThrow();
  }

  long startMs() {
    return intervals.getFirst().startMs();
  }

  long endMs() {
    return intervals.stream().mapToLong(Interval::endMs).max().orElseThrow();
  }
}
