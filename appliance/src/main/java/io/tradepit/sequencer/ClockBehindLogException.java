package io.tradepit.sequencer;

/** The clock is behind the last logged time by more than the bound: the segment must not start. */
public final class ClockBehindLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Times are nanoseconds since the Unix epoch. */
  public ClockBehindLogException(long clockNs, long lastLoggedNs, long maxBehindNs) {
    super(
        "clock is behind the log: clockNs="
            + clockNs
            + " lastLoggedNs="
            + lastLoggedNs
            + " behindNs="
            + (lastLoggedNs - clockNs)
            + " allowedNs="
            + maxBehindNs);
  }
}
