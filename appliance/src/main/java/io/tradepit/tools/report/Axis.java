package io.tradepit.tools.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to pixels along one side of a chart, and says where its labels stand.
 *
 * @param from value at {@code fromPixel}
 * @param to value at {@code toPixel}
 * @param ticks labelled places, in ascending order
 */
public record Axis(double from, double to, double fromPixel, double toPixel, List<Tick> ticks) {
  private static final long[] STEPS_S = {
    1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400
  };
  private static final String[] DECADES = {
    "1 ns",
    "10 ns",
    "100 ns",
    "1 µs",
    "10 µs",
    "100 µs",
    "1 ms",
    "10 ms",
    "100 ms",
    "1 s",
    "10 s",
    "100 s",
    "1,000 s",
    "10,000 s"
  };
  private static final double[] STEPS_OF_DECADE = {0.5, 1, 2};
  private static final int MOST_STEPS = 8;
  private static final int MINUTE_S = 60;
  private static final int HOUR_S = 3_600;

  public Axis {
    ticks = List.copyOf(ticks);
  }

  /** A place with a label. */
  public record Tick(double value, String label) {}

  /** Where a value lies; one beyond the ends, at the end. */
  public double pixel(double value) {
    double within = Math.clamp((value - from) / (to - from), 0, 1);
    return fromPixel + within * (toPixel - fromPixel);
  }

  /**
   * From 0 to a round number that is at least a value.
   *
   * @param most above 0
   */
  public static Axis linear(double most, double fromPixel, double toPixel) {
    double decade = Math.pow(10, Math.floor(Math.log10(most)));
    double step = decade / 5;
    for (double part : STEPS_OF_DECADE) {
      step = most / step > MOST_STEPS ? part * decade : step;
    }
    List<Tick> ticks = new ArrayList<>();
    int steps = (int) Math.ceil(most / step);
    for (int i = 0; i <= steps; i++) {
      ticks.add(new Tick(i * step, Markup.format(step < 1 ? "%.1f" : "%,.0f", i * step)));
    }
    return new Axis(0, steps * step, fromPixel, toPixel, ticks);
  }

  /** Places of equal width side by side, the labels in their middles. */
  public static Axis groups(List<String> labels, double fromPixel, double toPixel) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      ticks.add(new Tick(i + 0.5, labels.get(i)));
    }
    return new Axis(0, labels.size(), fromPixel, toPixel, ticks);
  }

  /**
   * Counts on a logarithmic scale of whole decades; see {@link #decadePixel}.
   *
   * @param least from 1
   */
  public static Axis decades(double least, double most, double fromPixel, double toPixel) {
    int low = (int) Math.floor(Math.log10(least));
    int high = Math.max(low + 1, (int) Math.ceil(Math.log10(most)));
    List<Tick> ticks = new ArrayList<>();
    for (int decade = low; decade <= high; decade++) {
      ticks.add(new Tick(decade, count(decade)));
    }
    return new Axis(low, high, fromPixel, toPixel, ticks);
  }

  private static String count(int decade) {
    return decade < 6
        ? Markup.format("%,.0f", Math.pow(10, decade))
        : Markup.format("%,.0f M", Math.pow(10, decade - 6.0));
  }

  /** Where a count lies on an axis of {@link #decades}. */
  public double decadePixel(double count) {
    return pixel(Math.log10(Math.max(1, count)));
  }

  /** Durations on a logarithmic scale of whole decades; see {@link #durationPixel}. */
  public static Axis durations(long leastNs, long mostNs, double fromPixel, double toPixel) {
    int low = (int) Math.floor(Math.log10(Math.max(1, (double) leastNs)));
    int high = Math.max(low + 1, (int) Math.ceil(Math.log10(Math.max(1, (double) mostNs))));
    List<Tick> ticks = new ArrayList<>();
    for (int decade = low; decade <= high; decade++) {
      ticks.add(new Tick(decade, DECADES[Math.min(decade, DECADES.length - 1)]));
    }
    return new Axis(low, high, fromPixel, toPixel, ticks);
  }

  /** Where a duration lies on an axis of {@link #durations}. */
  public double durationPixel(long ns) {
    return pixel(Math.log10(Math.max(1, (double) ns)));
  }

  /** Percentiles by the number of their nines: 90 % is 1, 99 % is 2, and so on. */
  public static Axis nines(double most, double fromPixel, double toPixel) {
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(0, "0"));
    ticks.add(new Tick(nines(0.5), "p50"));
    for (int nines = 1; nines <= most + 1e-9; nines++) {
      String digits = "9".repeat(nines);
      ticks.add(
          new Tick(
              nines,
              nines == 1
                  ? "p90"
                  : "p" + digits.substring(0, 2) + (nines > 2 ? "." + digits.substring(2) : "")));
    }
    return new Axis(0, most, fromPixel, toPixel, ticks);
  }

  /** Where a share below 1 lies on an axis of {@link #nines(double, double, double)}. */
  public static double nines(double share) {
    return -Math.log10(1 - share);
  }

  /** Time since the start. */
  static Axis time(double seconds, int maxTicks, double fromPixel, double toPixel) {
    long step = STEPS_S[STEPS_S.length - 1];
    for (int i = STEPS_S.length - 1; i >= 0; i--) {
      step = seconds / STEPS_S[i] <= maxTicks ? STEPS_S[i] : step;
    }
    List<Tick> ticks = new ArrayList<>();
    for (long at = 0; at <= seconds; at += step) {
      ticks.add(new Tick(at, time(at)));
    }
    return new Axis(0, seconds, fromPixel, toPixel, ticks);
  }

  private static String time(long seconds) {
    if (seconds < 2 * MINUTE_S) {
      return seconds + " s";
    }
    return seconds < 2 * HOUR_S
        ? Markup.format("%d:%02d min", seconds / MINUTE_S, seconds % MINUTE_S)
        : Markup.format("%d:%02d h", seconds / HOUR_S, seconds / MINUTE_S % MINUTE_S);
  }
}
