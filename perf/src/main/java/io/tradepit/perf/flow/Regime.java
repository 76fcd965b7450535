package io.tradepit.perf.flow;

import java.util.Locale;

/** What the middle of the market does in the course of a flow. */
public enum Regime {
  /** It stays where it is. */
  FIXED_MID(0, 0),
  /** It moves as on a day without news. */
  ROUTINE_DAY(0.01, 0),
  /** It moves until it was a quarter away from where it began. */
  SWING_25(0.25, 0),
  /** It moves until it was two fifths away from where it began. */
  SWING_40(0.40, 0),
  /** It moves as on a routine day, and falls by 60 % on the way. */
  FLASH_CRASH(0.01, 0.60);

  private final double excursion;
  private final double crash;

  Regime(double excursion, double crash) {
    this.excursion = excursion;
    this.crash = crash;
  }

  /** How far the Brownian part of the path gets from its begin, of the price there. */
  double excursion() {
    return excursion;
  }

  /** How much of the price is lost on the way. */
  double crash() {
    return crash;
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
