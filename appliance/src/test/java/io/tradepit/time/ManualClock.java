package io.tradepit.time;

/** A clock that stands still until a test moves it. One thread sets it; any may read it. */
public final class ManualClock implements Clock {
  private volatile long epochNs;

  public ManualClock(long epochNs) {
    this.epochNs = epochNs;
  }

  @Override
  public long epochNs() {
    return epochNs;
  }

  /** Sets the time, backwards too. */
  public ManualClock set(long newEpochNs) {
    epochNs = newEpochNs;
    return this;
  }

  /** Moves the time by so many nanoseconds, backwards when negative. */
  public ManualClock advance(long deltaNs) {
    return set(epochNs + deltaNs);
  }
}
