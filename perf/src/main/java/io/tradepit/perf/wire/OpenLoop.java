package io.tradepit.perf.wire;

import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.perf.openloop.Schedule;
import io.tradepit.telemetry.LatencyLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A member that does not wait: orders are due at a fixed rate, over its sessions in turn, whatever
 * happens. The latency is from the moment that an order was due to the read of its Accepted, so
 * what is sent late, by whomever's fault, counts as late.
 *
 * <pre>
 *   due   0    1    2    3    4    5 ...      order i: session i % n, its number first[i % n] + i / n
 *   turn  |offer all that are due|flush each|read the sessions that await answers|
 * </pre>
 *
 * One thread that spins, once for each run.
 */
final class OpenLoop {
  private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long HEARTBEAT_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int LEAST_BURST = 16;

  private final MemberSession[] sessions;
  private final long[] first;
  private final OrderMix mix;
  private final int orders;
  private final Histogram latencies = new Histogram(LatencyLog.MAX_VALUE_NS, LatencyLog.DIGITS);
  private final long rate;
  private final long longestWaitNs;
  private Schedule schedule;
  private long lastReadNs;
  private long heartbeatNs;

  /**
   * @param rate orders a second, all sessions together
   * @param longestWaitNs how long behind the last due time answers are awaited
   */
  OpenLoop(List<MemberSession> sessions, OrderMix mix, long rate, int orders, long longestWaitNs) {
    this.sessions = sessions.toArray(MemberSession[]::new);
    this.first = sessions.stream().mapToLong(session -> session.ledger().sent() + 1).toArray();
    this.mix = mix;
    this.orders = orders;
    this.rate = rate;
    this.longestWaitNs = longestWaitNs;
  }

  /**
   * Sends all orders and waits for all answers.
   *
   * @throws WireException when an answer is another one
   */
  RateFigures run() {
    for (int i = 0; i < sessions.length; i++) {
      int session = i;
      sessions[i].listener((number, readNs) -> onAccepted(session, number, readNs));
    }
    schedule = Schedule.of(System.nanoTime() + LEAD_NS, rate);
    long lastDueNs = schedule.dueNs(orders - 1L);
    boolean isDone = send(lastDueNs + longestWaitNs);
    if (!isDone) {
      return RateFigures.undone(rate, latencies.getTotalCount());
    }
    long lateNs = lastReadNs - lastDueNs;
    boolean isKept = lateNs <= RateFigures.allowedNs(lastDueNs - schedule.startNs());
    return RateFigures.of(rate, isKept, lateNs, latencies);
  }

  private boolean send(long endNs) {
    int next = 0;
    long nowNs = System.nanoTime();
    while (next < orders && nowNs < endNs) {
      int begin = next;
      next = offerDue(begin, nowNs);
      flush(begin, next);
      read(nowNs);
      nowNs = System.nanoTime();
    }
    for (MemberSession session : sessions) {
      session.offerCancel();
    }
    while (isAwaiting() && System.nanoTime() < endNs) {
      read(System.nanoTime());
    }
    return next == orders && !isAwaiting();
  }

  private int offerDue(int begin, long nowNs) {
    int end = Math.min(orders, begin + Math.max(LEAST_BURST, sessions.length));
    int next = begin;
    while (next < end && schedule.dueNs(next) <= nowNs && offer(next)) {
      next++;
    }
    return next;
  }

  private boolean offer(int order) {
    return sessions[order % sessions.length].offer(mix.timeInForce(order / sessions.length));
  }

  private void flush(int begin, int end) {
    for (int order = begin; order < Math.min(end, begin + sessions.length); order++) {
      sessions[order % sessions.length].flush();
    }
  }

  /** A session that awaits nothing has nothing to read but heartbeats. */
  private void read(long nowNs) {
    boolean all = nowNs - heartbeatNs > HEARTBEAT_NS;
    for (MemberSession session : sessions) {
      if (all || session.ledger().isAwaiting()) {
        session.poll();
      }
    }
    heartbeatNs = all ? nowNs : heartbeatNs;
  }

  private boolean isAwaiting() {
    boolean isAwaiting = false;
    for (MemberSession session : sessions) {
      isAwaiting |= session.ledger().isAwaiting();
    }
    return isAwaiting;
  }

  private void onAccepted(int session, long number, long readNs) {
    long order = (number - first[session]) * sessions.length + session;
    latencies.recordValue(Math.clamp(readNs - schedule.dueNs(order), 0, LatencyLog.MAX_VALUE_NS));
    lastReadNs = readNs;
  }
}
