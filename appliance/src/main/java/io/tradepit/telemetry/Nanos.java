package io.tradepit.telemetry;

import java.util.Locale;

/** Durations as people read them. */
public final class Nanos {
  private static final String[] UNITS = {"ns", "µs", "ms", "s"};
  private static final double STEP = 1_000;

  private Nanos() {}

  /**
   * Three significant digits and the unit that makes them readable: {@code 850 ns}, {@code 12.3
   * µs}, {@code 4.05 ms}, {@code 3,600 s}.
   */
  public static String text(long ns) {
    double value = ns;
    int unit = 0;
    while (unit < UNITS.length - 1 && Math.abs(value) >= STEP - 0.5) {
      value /= STEP;
      unit++;
    }
    int decimals = unit == 0 || Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f %s", value, UNITS[unit]);
  }
}
