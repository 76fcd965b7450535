package io.tradepit.tools.replay;

import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.ouch.OuchRequestEncoder;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.client.OrderEntryClient;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Sends a flow by one session and reads its answers, open loop: a command that is due is sent, be
 * the one before it answered or not, and one that the connection does not take is tried again until
 * it does, its delay counted. Runs on {@code replay-orders}; allocates nothing while it plays.
 */
final class Player implements Runnable {
  private static final int BURST = 32;

  /** Feed messages that the receiver may be behind while nothing says how fast to send. */
  private static final int MOST_UNSEEN = 4_096;

  private static final long STALL_LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long LONG_WAIT_NS = 300_000;
  private static final long PARK_NS = 50_000;

  private final ReplayFlow flow;
  private final Pace pace;
  private final AnswerTracker tracker;
  private final SendTimes times;
  private final SegmentLook look;
  private final LongSupplier unseen;
  private final long[] symbols;
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[OuchRequestEncoder.MAX_LENGTH]);
  private final OuchRequestEncoder requests = new OuchRequestEncoder();
  private final OrderEntryClient client;
  private final IdleStrategy idle = new YieldingIdleStrategy();

  private long startNs;
  private long lastSentNs;
  private long endNs;
  private long progressNs;
  private int next;
  private volatile boolean stopped;

  /**
   * Logs in.
   *
   * @param look is asked after each command in lockstep
   * @param unseen feed messages of answered commands that the receiver has not seen yet
   */
  Player(
      ReplayFlow flow,
      Pace pace,
      AnswerTracker tracker,
      SendTimes times,
      SegmentLook look,
      LongSupplier unseen,
      InetSocketAddress address,
      Login login) {
    this.flow = flow;
    this.pace = pace;
    this.tracker = tracker;
    this.times = times;
    this.look = look;
    this.unseen = unseen;
    symbols = flow.symbols().stream().mapToLong(ItchText::symbol).toArray();
    client = OrderEntryClient.login(address, login, tracker);
    tracker.readClock(client::receivedNs);
  }

  /** Ends the play early; from any thread. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try (client) {
      awaitBarrier();
      startNs = System.nanoTime();
      lastSentNs = startNs;
      progressNs = startNs;
      try {
        playAll();
      } finally {
        endNs = System.nanoTime();
      }
      client.logout();
    }
  }

  private void playAll() {
    if (pace.kind() == Pace.Kind.LOCKSTEP) {
      playInLockstep();
    } else {
      play();
      awaitBarrier();
    }
  }

  /** Seconds from the first command to the last answer; once it has run. */
  double durationS() {
    return (endNs - startNs) / 1e9;
  }

  /** Seconds from the first command to the last one that was sent. */
  double sendingS() {
    return (lastSentNs - startNs) / 1e9;
  }

  private void play() {
    while (next < flow.size() && !stopped) {
      int sent = sendDue();
      if (sent > 0) {
        tracker.onSent(next);
        client.flush();
      }
      int read = poll();
      if (sent + read == 0) {
        rest();
      }
    }
  }

  private int sendDue() {
    int sent = 0;
    long nowNs = System.nanoTime();
    if (!pace.isScheduled() && unseen.getAsLong() > MOST_UNSEEN) {
      progressNs = nowNs;
      return 0; // a feed without retransmission loses what its receiver has no room for
    }
    while (sent < BURST && next < flow.size()) {
      long dueNs = pace.isScheduled() ? startNs + pace.dueNs(flow, next) : nowNs;
      if (dueNs - nowNs > 0 || !offer(next)) {
        break;
      }
      times.onSent(next, dueNs, nowNs);
      next++;
      sent++;
    }
    if (sent > 0) {
      lastSentNs = nowNs;
      progressNs = nowNs;
    }
    return sent;
  }

  private void playInLockstep() {
    while (next < flow.size() && !stopped) {
      long nowNs = System.nanoTime();
      while (!offer(next)) {
        poll();
      }
      times.onSent(next, nowNs, nowNs);
      lastSentNs = nowNs;
      tracker.onSent(++next);
      awaitBarrier();
      look.after(next - 1);
    }
  }

  /** Sends an Account Query and waits until it, and so all before it, is answered. */
  private void awaitBarrier() {
    requests.wrap(message, 0).accountQuery();
    progressNs = System.nanoTime();
    while (!client.send(message, 0, requests.length())) {
      poll();
    }
    tracker.onBarrierSent();
    while (!tracker.isBarrierAnswered() && !stopped) {
      if (poll() == 0) {
        idle.idle();
      }
    }
  }

  private int poll() {
    int read = client.poll();
    if (read == OrderEntryClient.CLOSED) {
      throw new ReplayFailedException(
          "%s sent=%d of %d".formatted(client.closeReason(), next, flow.size()));
    }
    if (read > 0) {
      progressNs = client.receivedNs();
    } else if (System.nanoTime() - waitingSinceNs() > STALL_LIMIT_NS) {
      throw new ReplayFailedException(
          "answers=none for %d s sent=%d of %d"
              .formatted(TimeUnit.NANOSECONDS.toSeconds(STALL_LIMIT_NS), next, flow.size()));
    }
    return read;
  }

  // A pause in the file is no stall: an answer is late from the time that the next command is due.
  private long waitingSinceNs() {
    if (next == flow.size() || !pace.isScheduled()) {
      return progressNs;
    }
    long dueNs = startNs + pace.dueNs(flow, next);
    return dueNs - progressNs > 0 ? dueNs : progressNs;
  }

  private void rest() {
    boolean soon =
        !pace.isScheduled()
            || next == flow.size()
            || startNs + pace.dueNs(flow, next) - System.nanoTime() < LONG_WAIT_NS;
    if (soon) {
      idle.idle();
    } else {
      LockSupport.parkNanos(PARK_NS);
    }
  }

  private boolean offer(int command) {
    requests.wrap(message, 0);
    byte kind = flow.kind(command);
    switch (kind) {
      case ReplayFlow.NEW -> enter(command, OuchRequestEncoder.DAY);
      case ReplayFlow.AGGRESSIVE -> enter(command, OuchRequestEncoder.IOC);
      case ReplayFlow.REPLACE ->
          requests.replace(
              tracker.userRefNum(flow.target(command)),
              tracker.userRefNum(command),
              flow.size(command),
              flow.price(command),
              OuchRequestEncoder.DAY);
      case ReplayFlow.REDUCE ->
          requests.cancel(tracker.userRefNum(flow.target(command)), flow.size(command));
      default -> requests.cancel(tracker.userRefNum(flow.target(command)), 0);
    }
    return client.offer(message, 0, requests.length());
  }

  private void enter(int command, byte timeInForce) {
    requests.enter(
        tracker.userRefNum(command),
        flow.side(command),
        flow.quantity(command),
        symbols[flow.instrument(command)],
        flow.price(command),
        timeInForce);
  }
}
