package io.tradepit.perf.flow;

/**
 * The middle of the market over a day: a geometric Brownian path through some thousand points, as
 * far as its regime goes. Of the paths that a seed gives one after the other it is the first that
 * leaves about as many orders standing as the regime says: those that the other side's half of the
 * path never reaches.
 */
final class MidPath {
  /** Where every path begins, in ticks. */
  static final int BEGIN = 33_504;

  private static final int POINTS = 1 << 12;
  private static final int HALF = POINTS / 2;

  /** Bids this far above the lowest ask's middle, and the reverse, are reached by few. */
  private static final int REACH = 16;

  private static final double TOLERANCE = 0.1;
  private static final int MOST_TRIES = 10_000;

  private final Regime regime;
  private final double[] ticks = new double[POINTS + 1];

  MidPath(Regime regime, FlowRandom random) {
    this.regime = regime;
    int tries = 0;
    do {
      if (tries++ == MOST_TRIES) {
        throw new IllegalStateException("regime=" + regime.label() + " paths=" + tries);
      }
      draw(random);
    } while (!isAsStated(standing()));
  }

  private void draw(FlowRandom random) {
    double greatest = Double.MIN_NORMAL;
    double at = 0;
    for (int i = 0; i <= POINTS; i++) {
      ticks[i] = at;
      greatest = Math.max(greatest, Math.abs(at));
      at += random.nextGaussian();
    }
    double scale = StrictMath.log1p(regime.excursion()) / greatest;
    for (int i = 0; i <= POINTS; i++) {
      double price = BEGIN * StrictMath.exp(ticks[i] * scale);
      ticks[i] = price * (1 - regime.fallen((double) i / POINTS));
    }
  }

  private boolean isAsStated(double share) {
    return Math.abs(share - regime.standing()) <= TOLERANCE * regime.standing();
  }

  /** The share of orders that no order of the other side reaches. */
  private double standing() {
    double lowestAsk = Double.MAX_VALUE;
    double highestBid = 0;
    for (int i = 0; i < HALF; i++) {
      highestBid = Math.max(highestBid, ticks[i]);
      lowestAsk = Math.min(lowestAsk, ticks[HALF + i]);
    }
    int standing = 0;
    for (int i = 0; i < HALF; i++) {
      standing += ticks[i] < lowestAsk + REACH ? 1 : 0;
      standing += ticks[HALF + i] > highestBid - REACH ? 1 : 0;
    }
    return (double) standing / POINTS;
  }

  /**
   * In ticks, rounded.
   *
   * @param along the path, 0 to below 1
   */
  int at(double along) {
    double at = along * POINTS;
    int before = (int) at;
    double part = at - before;
    return (int) StrictMath.rint(ticks[before] * (1 - part) + ticks[before + 1] * part);
  }
}
