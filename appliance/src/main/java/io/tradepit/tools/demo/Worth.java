package io.tradepit.tools.demo;

import io.tradepit.tools.market.MarketInstrument;

/** An instrument and what the simulated members think it is worth. */
record Worth(MarketInstrument instrument, FairValue fair) {
  private static final double STEPS = 12_000;

  /** A price so many ticks below the fair value, rounded down. */
  long below(double ticks) {
    return instrument.tick() * Math.max(1, (long) Math.floor(fair.ticks() - ticks));
  }

  /** A price so many ticks above the fair value, rounded up. */
  long above(double ticks) {
    return instrument.tick() * (long) Math.ceil(fair.ticks() + ticks);
  }

  /** Ticks between levels: more than one where a tick is a small part of the price. */
  double step() {
    return Math.max(1, fair.ticks() / STEPS);
  }
}
