package io.tradepit.tools.replay;

import io.tradepit.telemetry.LatencyLog;
import io.tradepit.telemetry.Leg;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * When each command was to be sent and was sent; records what its answer took. Thread {@code
 * replay-orders}; allocates nothing once made.
 */
final class SendTimes {
  private final long[] intendedNs;
  private final long[] sentNs;
  private final SingleWriterRecorder answer;
  private final SingleWriterRecorder uncorrected;
  private final Histogram lag = new Histogram(LatencyLog.MAX_VALUE_NS, LatencyLog.DIGITS);

  SendTimes(int commands, LatencyLog log) {
    intendedNs = new long[commands];
    sentNs = new long[commands];
    answer = log.leg(Leg.ANSWER);
    uncorrected = log.leg(Leg.ANSWER_UNCORRECTED);
  }

  void onSent(int command, long dueNs, long nowNs) {
    intendedNs[command] = dueNs;
    sentNs[command] = nowNs;
    lag.recordValue(bounded(nowNs - dueNs));
  }

  /** The first answer to a command was read. */
  void onAnswer(int command, long readNs) {
    answer.recordValue(bounded(readNs - intendedNs[command]));
    uncorrected.recordValue(bounded(readNs - sentNs[command]));
  }

  /** Median of actual minus intended send time, ns; once all was sent. */
  long medianLagNs() {
    return lag.getValueAtPercentile(50);
  }

  private static long bounded(long ns) {
    return Math.clamp(ns, 0, LatencyLog.MAX_VALUE_NS);
  }
}
