package io.tradepit.perf.book;

import java.util.Locale;

/**
 * What a message takes at one size of the state.
 *
 * @param series what grows
 * @param size of it
 * @param ns a message, the median of some runs
 */
public record GrowthPoint(String series, int size, double ns, double minNs, double maxNs) {
  private static final String BEGIN = "point ";
  private static final int FIELDS = 5;

  static boolean isPoint(String line) {
    return line.startsWith(BEGIN);
  }

  /**
   * @throws IllegalArgumentException when it is not one that {@link #line} wrote
   */
  static GrowthPoint parse(String line) {
    String[] fields = line.substring(BEGIN.length()).split(",", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("point=" + line);
    }
    return new GrowthPoint(
        fields[0],
        Integer.parseInt(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]));
  }

  String line() {
    return String.format(
        Locale.ROOT, BEGIN + "%s,%d,%.2f,%.2f,%.2f", series, size, ns, minNs, maxNs);
  }
}
