package io.tradepit.perf.flow;

/**
 * Random numbers of a seed, the same on every JDK and machine: SplitMix64 (Steele, Lea, Flood: Fast
 * splittable pseudorandom number generators, 2014), and StrictMath for what is drawn from it.
 */
final class FlowRandom {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1p-53;

  private long state;
  private double spare;
  private boolean hasSpare;

  FlowRandom(long seed) {
    this.state = seed;
  }

  long nextLong() {
    state += GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** 0 to below the bound. */
  int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** 0 to below 1. */
  double nextDouble() {
    return (nextLong() >>> 11) * UNIT;
  }

  boolean nextBoolean(double probability) {
    return nextDouble() < probability;
  }

  /** Of the exponential distribution with mean 1. */
  double nextExponential() {
    return -StrictMath.log(1 - nextDouble());
  }

  /** Of the normal distribution with mean 0 and deviation 1, by the polar method of Marsaglia. */
  double nextGaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * factor;
    hasSpare = true;
    return x * factor;
  }
}
