package io.tradepit.perf.flow;

/**
 * How far from the middle new orders are placed: by a power law, one order in five from the touch
 * and the others on both sides of a hump; cut off where a fixed middle has 90 levels.
 */
final class DepthProfile {
  /** The most ticks away from the middle. */
  static final int DEEPEST = 43;

  private static final double EXPONENT = 2.23;
  private static final int HUMP = 8;
  private static final double HUMP_WEIGHT = 3;
  private final double[] upTo = new double[DEEPEST];

  DepthProfile() {
    double sum = 0;
    for (int i = 0; i < DEEPEST; i++) {
      sum += power(i + 1) + HUMP_WEIGHT * power(1 + Math.abs(i + 1 - HUMP));
      upTo[i] = sum;
    }
  }

  private static double power(int distance) {
    return StrictMath.pow(distance, -EXPONENT);
  }

  /** Ticks away from the middle, from 1. */
  int draw(FlowRandom random) {
    double at = random.nextDouble() * upTo[DEEPEST - 1];
    int depth = 0;
    while (upTo[depth] <= at && depth < DEEPEST - 1) {
      depth++;
    }
    return depth + 1;
  }
}
