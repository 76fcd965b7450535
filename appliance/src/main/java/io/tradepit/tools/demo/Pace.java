package io.tradepit.tools.demo;

import java.util.Random;

/**
 * When a member acts: at random, so many times a second on the average, some of it in bursts. It
 * begins slowly, since a segment that was just started runs code that is not compiled yet.
 */
final class Pace {
  private static final double NS_PER_S = 1e9;
  private static final double BURST_FACTOR = 8;
  private static final double BURST_S = 0.4;
  private static final double QUIET_S = 4;
  private static final double WARM_UP_S = 3;
  private static final double WARM_UP_FACTOR = 10;

  private final Random random;
  private final boolean bursts;
  private final double quietRate;
  private final long startNs;
  private boolean inBurst;
  private long phaseEndNs;

  /**
   * @param ratePerSecond above 0
   * @param startNs when it begins
   */
  Pace(double ratePerSecond, boolean bursts, long startNs, Random random) {
    this.random = random;
    this.bursts = bursts;
    double share = BURST_S / (BURST_S + QUIET_S);
    quietRate = bursts ? ratePerSecond / (1 + share * (BURST_FACTOR - 1)) : ratePerSecond;
    this.startNs = startNs;
    phaseEndNs = startNs + exponential(QUIET_S);
  }

  /** The time of the act after one at {@code ns}; always later. */
  long after(long ns) {
    if (bursts && ns - phaseEndNs >= 0) {
      inBurst = !inBurst;
      phaseEndNs = ns + exponential(inBurst ? BURST_S : QUIET_S);
    }
    double rate = inBurst ? quietRate * BURST_FACTOR : quietRate;
    return ns + exponential(slowness(ns) / rate);
  }

  private double slowness(long ns) {
    double warm = Math.min(1, (ns - startNs) / NS_PER_S / WARM_UP_S);
    return warm + (1 - warm) * WARM_UP_FACTOR;
  }

  private long exponential(double meanS) {
    return (long) (-Math.log(1 - random.nextDouble()) * meanS * NS_PER_S) + 1;
  }
}
