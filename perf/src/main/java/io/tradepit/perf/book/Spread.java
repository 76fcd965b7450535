package io.tradepit.perf.book;

import java.util.Arrays;

/**
 * Some figures of the same thing.
 *
 * @param count how many; 0 = none, and the others are 0 as well
 */
public record Spread(double median, double min, double max, int count) {
  static Spread of(double[] figures) {
    if (figures.length == 0) {
      return new Spread(0, 0, 0, 0);
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }
}
