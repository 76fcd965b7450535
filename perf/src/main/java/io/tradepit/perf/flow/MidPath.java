package io.tradepit.perf.flow;

/** The middle of the market at each new order: a geometric Brownian path, scaled to its regime. */
final class MidPath {
  /** Where every path begins, in ticks. */
  static final int BEGIN = 33_504;

  private static final double CRASH_BEGINS = 0.1;
  private static final double CRASH_ENDS = 0.9;

  private final double[] logarithms;

  MidPath(Regime regime, int steps, FlowRandom random) {
    logarithms = brownian(steps, random);
    double scale = StrictMath.log1p(regime.excursion()) / greatest();
    double fall = StrictMath.log1p(-regime.crash());
    for (int i = 0; i < steps; i++) {
      double along = (double) i / steps;
      double fallen =
          Math.clamp((along - CRASH_BEGINS) / (CRASH_ENDS - CRASH_BEGINS), 0.0, 1.0) * fall;
      logarithms[i] = logarithms[i] * scale + fallen;
    }
  }

  private static double[] brownian(int steps, FlowRandom random) {
    double[] path = new double[steps];
    double at = 0;
    for (int i = 0; i < steps; i++) {
      path[i] = at;
      at += random.nextGaussian();
    }
    return path;
  }

  private double greatest() {
    double greatest = Double.MIN_NORMAL;
    for (double at : logarithms) {
      greatest = Math.max(greatest, Math.abs(at));
    }
    return greatest;
  }

  /** In ticks, rounded. */
  int at(int step) {
    return (int) StrictMath.rint(BEGIN * StrictMath.exp(logarithms[step]));
  }
}
