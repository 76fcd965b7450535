package io.tradepit.perf.flow;

import java.util.Locale;

/** What the middle of the market does in the course of a flow. */
public enum Regime {
  /** It stays where it is. */
  FIXED_MID(0, 0, 1),
  /** It moves as on a day without news. */
  ROUTINE_DAY(0.015, 0, 0.13),
  /**
   * It moves until it was a quarter above where it began, or as far below in the logarithm: a
   * fifth.
   */
  SWING_25(0.25, 0, 0.062),
  /** It moves until it was two fifths above where it began, or as far below in the logarithm. */
  SWING_40(0.40, 0, 0.033),
  /**
   * It moves as on a routine day, but for five minutes in which it falls by 60 % and comes back.
   */
  FLASH_CRASH(0.015, 0.60, 0.012);

  private static final double CRASH_BEGINS = 0.300;
  private static final double CRASH_ENDS = 0.312;

  private final double excursion;
  private final double crash;
  private final double standing;

  Regime(double excursion, double crash, double standing) {
    this.excursion = excursion;
    this.crash = crash;
    this.standing = standing;
  }

  /**
   * How far the Brownian part of the path gets above its begin, of the price there; below it as far
   * in the logarithm.
   */
  double excursion() {
    return excursion;
  }

  /** The share of orders never canceled that nobody of the other side ever reaches. */
  double standing() {
    return standing;
  }

  /**
   * How much of the price is lost for the moment.
   *
   * @param along the day, 0 to 1
   */
  double fallen(double along) {
    double middle = (CRASH_BEGINS + CRASH_ENDS) / 2;
    double away = Math.abs(along - middle) / (CRASH_ENDS - middle);
    return crash * Math.max(0, 1 - away);
  }

  /** As options and results name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The regime with this label.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Regime of(String label) {
    for (Regime regime : values()) {
      if (regime.label().equals(label)) {
        return regime;
      }
    }
    throw new IllegalArgumentException("regime=" + label + " allowed=" + labels());
  }

  /** All labels, behind one another. */
  public static String labels() {
    StringBuilder all = new StringBuilder();
    for (Regime regime : values()) {
      all.append(all.isEmpty() ? "" : " ").append(regime.label());
    }
    return all.toString();
  }
}
