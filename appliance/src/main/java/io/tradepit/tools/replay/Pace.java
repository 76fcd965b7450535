package io.tradepit.tools.replay;

/**
 * When commands are to be sent.
 *
 * @param kind how it is decided
 * @param rate commands a second, of {@link Kind#RATE}
 * @param speed of {@link Kind#AS_RECORDED}: 2 = twice as fast as the file's times
 */
public record Pace(Kind kind, long rate, double speed) {
  /** Commands a second when nothing is asked for: a day of a busy instrument in half a minute. */
  public static final long STANDARD_RATE = 10_000;

  private static final long SECOND_NS = 1_000_000_000L;

  /** How it is decided when a command is sent. */
  public enum Kind {
    /** At a rate, whatever the answers do. */
    RATE,
    /** By the times in the file, whatever the answers do. */
    AS_RECORDED,
    /** As fast as the connection takes them; no answer is waited for. */
    MAX,
    /** Each when the one before is answered. */
    LOCKSTEP
  }

  public static Pace rate(long perSecond) {
    return new Pace(Kind.RATE, perSecond, 1);
  }

  public static Pace asRecorded(double speed) {
    return new Pace(Kind.AS_RECORDED, 0, speed);
  }

  public static Pace max() {
    return new Pace(Kind.MAX, 0, 1);
  }

  public static Pace lockstep() {
    return new Pace(Kind.LOCKSTEP, 0, 1);
  }

  /** Whether there is a schedule that a sender can be late for. */
  boolean isScheduled() {
    return kind == Kind.RATE || kind == Kind.AS_RECORDED;
  }

  /** When a command is due, nanoseconds after the first one; 0 without a schedule. */
  long dueNs(ReplayFlow flow, int command) {
    return switch (kind) {
      case RATE -> command / rate * SECOND_NS + command % rate * SECOND_NS / rate;
      case AS_RECORDED -> (long) ((flow.timeNs(command) - flow.timeNs(0)) / speed);
      default -> 0;
    };
  }

  /** Commands a second that the schedule asks for; 0 without one. */
  double offeredRate(ReplayFlow flow) {
    return switch (kind) {
      case RATE -> rate;
      case AS_RECORDED -> {
        long lastNs = dueNs(flow, flow.size() - 1);
        yield lastNs == 0 ? 0 : flow.size() * (double) SECOND_NS / lastNs;
      }
      default -> 0;
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case RATE -> "%,d a second".formatted(rate);
      case AS_RECORDED ->
          speed == 1 ? "as recorded" : "as recorded, %s times as fast".formatted(speed);
      case MAX -> "as fast as the connection takes them";
      case LOCKSTEP -> "in lockstep";
    };
  }
}
