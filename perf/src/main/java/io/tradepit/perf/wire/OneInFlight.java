package io.tradepit.perf.wire;

import io.tradepit.telemetry.LatencyLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A member that waits: one order at a time, over its sessions in turn. The round trip is from
 * before the write to the socket to after the read of Accepted, on one thread that spins. The next
 * order waits for all answers to the one before it.
 */
final class OneInFlight {
  private static final long LONGEST_ANSWER_NS = TimeUnit.SECONDS.toNanos(10);
  private static final int HEARTBEAT_ORDERS = 256;

  private final List<MemberSession> sessions;
  private final OrderMix mix;
  private final Histogram roundTrips = new Histogram(LatencyLog.MAX_VALUE_NS, LatencyLog.DIGITS);
  private long begunNs;

  OneInFlight(List<MemberSession> sessions, OrderMix mix) {
    this.sessions = sessions;
    this.mix = mix;
  }

  /**
   * The round trips of so many orders, or of those that were begun within a time: one order at
   * least. Where both threads that spin share a core, each trip takes a slice of time.
   *
   * @param limitNs above 0
   * @throws WireException when an answer does not come, or is another one
   */
  Histogram run(int orders, long limitNs) {
    roundTrips.reset();
    sessions.forEach(session -> session.listener(this::onAccepted));
    long endNs = System.nanoTime() + limitNs;
    for (int i = 0; i < orders && (i == 0 || begunNs - endNs < 0); i++) {
      order(sessions.get(i % sessions.size()), mix.timeInForce(i / sessions.size()));
      if (i % HEARTBEAT_ORDERS == 0) {
        sessions.forEach(MemberSession::poll);
      }
    }
    return roundTrips;
  }

  private void order(MemberSession session, byte timeInForce) {
    begunNs = System.nanoTime();
    session.offer(timeInForce);
    session.flush();
    await(session);
    session.offerCancel();
    session.flush();
    await(session);
  }

  private void await(MemberSession session) {
    while (session.ledger().isAwaiting()) {
      session.poll();
      if (System.nanoTime() - begunNs > LONGEST_ANSWER_NS) {
        throw new WireException(
            "answer=none limitS=" + TimeUnit.NANOSECONDS.toSeconds(LONGEST_ANSWER_NS));
      }
    }
  }

  private void onAccepted(long number, long readNs) {
    roundTrips.recordValue(Math.clamp(readNs - begunNs, 0, LatencyLog.MAX_VALUE_NS));
  }
}
