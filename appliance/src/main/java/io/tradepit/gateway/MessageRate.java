package io.tradepit.gateway;

/**
 * A bucket that holds one second's worth of messages and refills steadily. Of the gateway's thread.
 */
final class MessageRate {
  private static final long SECOND_NS = 1_000_000_000L;

  private long perSecond;
  // Nanoseconds of refill, one message costs SECOND_NS / perSecond of them.
  private long creditNs;
  private long lastNs;

  /**
   * Begins full.
   *
   * @param messagesPerSecond 0 = any number
   */
  void reset(int messagesPerSecond, long nowNs) {
    perSecond = messagesPerSecond;
    creditNs = SECOND_NS;
    lastNs = nowNs;
  }

  /** Whether a message is within the rate; it is counted when it is. */
  boolean tryTake(long nowNs) {
    if (perSecond == 0) {
      return true;
    }
    creditNs = Math.min(SECOND_NS, creditNs + Math.max(0, nowNs - lastNs));
    lastNs = nowNs;
    long cost = SECOND_NS / perSecond;
    if (creditNs < cost) {
      return false;
    }
    creditNs -= cost;
    return true;
  }
}
