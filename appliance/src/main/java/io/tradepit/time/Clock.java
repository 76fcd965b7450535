package io.tradepit.time;

/** A clock that a duty cycle reads once. Reading it allocates nothing and does not block. */
@FunctionalInterface
public interface Clock {
  /** Nanoseconds since the Unix epoch; may step backwards when the clock is adjusted. */
  long epochNs();
}
