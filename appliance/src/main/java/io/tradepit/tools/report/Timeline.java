package io.tradepit.tools.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A leg over time: intervals that are merged, two by two, so that there are never more than can be
 * drawn. Percentiles are never averaged; the histograms are added.
 */
final class Timeline {
  /** Intervals that are kept at most. */
  static final int MAX_INTERVALS = 240;

  // Two digits are more than a chart shows, and keep a day's intervals small.
  private static final int DIGITS = 2;

  /**
   * @param startMs and {@code endMs}, since the Unix epoch
   * @param values of the interval, ns
   */
  record Interval(long startMs, long endMs, Histogram values) {
    Interval plus(Interval later) {
      Histogram sum = values.copy();
      sum.add(later.values);
      return new Interval(startMs, Math.max(endMs, later.endMs), sum);
    }
  }

  private final List<Interval> intervals = new ArrayList<>();
  private int perInterval = 1;
  private int inLast;

  /** Adds the next interval; the values are copied. */
  void add(Histogram interval) {
    Histogram values = new Histogram(DIGITS);
    values.add(interval);
    Interval next = new Interval(interval.getStartTimeStamp(), interval.getEndTimeStamp(), values);
    if (inLast > 0 && inLast < perInterval) {
      intervals.add(intervals.removeLast().plus(next));
      inLast++;
    } else {
      intervals.add(next);
      inLast = 1;
    }
    if (intervals.size() > MAX_INTERVALS) {
      halve();
    }
  }

  private void halve() {
    List<Interval> halves = new ArrayList<>();
    for (int i = 0; i + 1 < intervals.size(); i += 2) {
      halves.add(intervals.get(i).plus(intervals.get(i + 1)));
    }
    if (intervals.size() % 2 == 1) {
      halves.add(intervals.getLast());
    } else {
      inLast += perInterval;
    }
    perInterval *= 2;
    intervals.clear();
    intervals.addAll(halves);
  }

  /** In the order of time. */
  List<Interval> intervals() {
    return List.copyOf(intervals);
  }
}
