package io.tradepit.tools.demo;

import java.util.Random;

/**
 * What an instrument is worth: a random walk in ticks that is pulled back to where it began, and
 * that stays between half and twice of it.
 */
final class FairValue {
  private static final int LEAST_TICKS = 20;
  private static final double PULL = 0.002;
  private static final double TURNS_PER_S = 0.1;

  private final Random random;
  private final double start;
  private final double volatility;
  private double ticks;
  private double drift;

  /**
   * @param startTicks 20 or more
   */
  FairValue(long startTicks, Random random) {
    if (startTicks < LEAST_TICKS) {
      throw new IllegalArgumentException("startTicks=" + startTicks + " allowed=20..");
    }
    this.random = random;
    start = startTicks;
    ticks = startTicks;
    // A liquid stock moves some hundredths of a per cent in a second.
    volatility = Math.max(0.8, startTicks * 0.0002);
  }

  /** In ticks; never below half of the start. */
  double ticks() {
    return ticks;
  }

  /**
   * Goes on by some time.
   *
   * @param seconds 0 to 1
   */
  void step(double seconds) {
    // Now and then it takes a direction, so that there is something to see.
    if (random.nextDouble() < seconds * TURNS_PER_S) {
      drift = random.nextGaussian() * volatility / 4;
    }
    double noise = random.nextGaussian() * volatility * Math.sqrt(seconds);
    double moved = ticks + noise + (drift + (start - ticks) * PULL) * seconds;
    ticks = Math.clamp(moved, start / 2, start * 2);
  }
}
