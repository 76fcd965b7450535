package io.tradepit.perf.book;

import java.util.Locale;

/** How near the cores of the two threads were to each other in a run. */
public enum Placement {
  /** Two threads of one core. */
  NEAR,
  /** Two cores. */
  FAR,
  /** One before the run, the other after it. */
  MOVED;

  private static final long NEAR_BELOW_NS = 150;

  static Placement of(RunFigures run) {
    if (run.farthestNs() < NEAR_BELOW_NS) {
      return NEAR;
    }
    return run.nearestNs() >= NEAR_BELOW_NS ? FAR : MOVED;
  }

  /** As results name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
