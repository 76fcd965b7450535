package io.tradepit.tools.report;

import org.HdrHistogram.Histogram;

/** The points of a distribution that every report shows. */
public enum Percentile {
  P50("p50", 50),
  P90("p90", 90),
  P99("p99", 99),
  P99_9("p99.9", 99.9),
  P99_99("p99.99", 99.99),
  MAX("max", 100);

  private final String label;
  private final double percent;

  Percentile(String label, double percent) {
    this.label = label;
    this.percent = percent;
  }

  public String label() {
    return label;
  }

  /** Share of values that are not above it, 0 to 1. */
  public double share() {
    return percent / 100;
  }

  /** Its value, ns. */
  public long of(Histogram histogram) {
    return histogram.getValueAtPercentile(percent);
  }

  /** Whether it is a matter of p99 and beyond. */
  public boolean isTail() {
    return percent >= P99.percent;
  }
}
