package io.tradepit.tools.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, always with a point and, between thousands, a comma. */
public final class Figures {
  private static final int DECIMALS = 4;

  private Figures() {}

  /**
   * A price with at least two decimals: {@code 721500} is {@code 72.15}, {@code 9512} is {@code
   * 0.9512}.
   *
   * @param price4 in units of 0.0001
   */
  public static String price(long price4) {
    return price(price4, decimals(price4));
  }

  /** A price with so many decimals, so that those of a column stand below each other. */
  public static String price(long price4, int decimals) {
    return BigDecimal.valueOf(price4, DECIMALS)
        .setScale(decimals, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /** Decimals that a price, or all multiples of a tick, need: 2 to 4. */
  public static int decimals(long price4) {
    return price4 % 100 == 0 ? 2 : price4 % 10 == 0 ? 3 : 4;
  }

  /**
   * An amount of money, rounded to two decimals: {@code -12,345.67}.
   *
   * @param amount4 in units of 0.0001
   */
  public static String money(long amount4) {
    return String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(amount4, DECIMALS));
  }

  /** {@code 12345} is {@code 12,345}. */
  public static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** At most five characters up to 999 billion: {@code 999}, {@code 12.3k}, {@code 4.56M}. */
  public static String compact(long number) {
    if (number < 0) {
      return "-" + compact(-number);
    }
    if (number < 1_000) {
      return Long.toString(number);
    }
    double value = number;
    String units = "kMG";
    int unit = -1;
    while (value >= 999.5 && unit < units.length() - 1) {
      value /= 1_000;
      unit++;
    }
    return digits(value) + units.charAt(unit);
  }

  /** A duration of three digits or so: {@code 85 us}, {@code 1.24 ms}, {@code 2.5 s}. */
  public static String duration(long ns) {
    if (ns < 1_000) {
      return ns + " ns";
    }
    if (ns < 999_500) {
      return digits(ns / 1e3) + " us";
    }
    if (ns < 999_500_000) {
      return digits(ns / 1e6) + " ms";
    }
    return digits(ns / 1e9) + " s";
  }

  /**
   * A time of the day, {@code 09:30:00.123}; a day that runs past midnight has hours beyond 23.
   *
   * @param ns since midnight
   */
  public static String time(long ns) {
    long ms = ns / 1_000_000;
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1_000 % 60,
        ms % 1_000);
  }

  /** A share of something, {@code -1.24%}. */
  public static String percent(double share) {
    String text = String.format(Locale.ROOT, "%+.2f%%", share * 100);
    return text.equals("+0.00%") || text.equals("-0.00%") ? "0.00%" : text;
  }

  private static String digits(double value) {
    if (value < 9.995) {
      return String.format(Locale.ROOT, "%.2f", value);
    }
    return String.format(Locale.ROOT, value < 99.95 ? "%.1f" : "%.0f", value);
  }
}
