package io.tradepit.tools.client;

import io.tradepit.protocol.glimpse.EndOfSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * Receives the feed: joins one multicast line or both, makes one sequence of their packets and
 * hands over each ITCH message once. One thread; allocates nothing while packets come in sequence.
 *
 * <pre>{@code
 * FeedReceiverContext context =
 *     new FeedReceiverContext().feed(config.feed()).messages(book).listener(gaps);
 * try (FeedReceiver receiver = FeedReceiver.open(context)) {
 *   while (!receiver.isEnded()) {
 *     idle.idle(receiver.poll(64));
 *   }
 * }
 * }</pre>
 *
 * <p>It begins with the first packet that it sees. Of two copies of a message the first wins, the
 * later one is counted as a duplicate. While a message is missing, those behind it are held, until
 * a line brings it or the wait is over. Then it is asked for, when a retransmission server is
 * named; what the server does not bring in all tries, or is not asked for, is reported as a gap,
 * and the receiver goes on.
 *
 * <p>With a snapshot it begins with the books of a moment, and with what the feed sent since.
 */
public final class FeedReceiver implements AutoCloseable {
  private final NanoClock clock;
  private final MulticastLine[] lines;
  private final ReceivedLine[] received;
  private final FeedArbiter arbiter;
  private final FeedListener listener;
  private final RetransmissionClient server;
  private final ReceivedLine serverLine;
  private final GapRequests requests;
  private SnapshotClient snapshot;

  private FeedReceiver(
      FeedReceiverContext context, MulticastLine[] lines, RetransmissionClient server) {
    clock = context.clock();
    listener = context.listener();
    this.lines = lines;
    this.server = server;
    received = Arrays.stream(lines).map(MulticastLine::received).toArray(ReceivedLine[]::new);
    serverLine =
        server == null
            ? null
            : new ReceivedLine(
                "retransmission",
                server.server(),
                context.receiveBufferBytes(),
                context.receiveBufferBytes(),
                context.lineSilentAfterNs());
    requests =
        server == null
            ? null
            : new GapRequests(
                this::trySend,
                context.outstandingRequests(),
                context.requestTimeoutNs(),
                context.requestTries(),
                context.requestsPerSecond());
    arbiter = new FeedArbiter(context, received, requests);
    // The lines are joined: nothing that is sent behind the snapshot's moment is missed.
    snapshot = context.snapshot() == null ? null : new SnapshotClient(context, clock.nanoTime());
  }

  private boolean trySend(long first, int count) {
    return server.trySend(arbiter.session(), first, count);
  }

  /**
   * Joins the lines.
   *
   * @throws io.tradepit.config.StartException when an interface or a socket is refused
   */
  public static FeedReceiver open(FeedReceiverContext context) {
    context.conclude();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      List<MulticastLine> lines = new ArrayList<>();
      if (context.lineA() != null) {
        lines.add(
            added(opened, new MulticastLine("A", context.lineA(), context.interfaceA(), context)));
      }
      if (context.lineB() != null) {
        lines.add(
            added(opened, new MulticastLine("B", context.lineB(), context.interfaceB(), context)));
      }
      RetransmissionClient server =
          context.retransmission() == null
              ? null
              : added(opened, new RetransmissionClient(context.retransmission(), context));
      return new FeedReceiver(context, lines.toArray(MulticastLine[]::new), server);
    } catch (RuntimeException e) {
      CloseHelper.quietCloseAll(opened);
      throw e;
    }
  }

  private static <T extends AutoCloseable> T added(List<AutoCloseable> opened, T resource) {
    opened.add(resource);
    return resource;
  }

  /**
   * Reads what has come and calls the listeners; does not wait. Call it at least as often as a gap
   * shall be noticed.
   *
   * @param limit of datagrams, those of all lines together
   * @return how many were read, 0 to limit; a snapshot and what the server sent count too, beyond
   *     the limit
   * @throws io.tradepit.config.StartException when the snapshot that was asked for is refused or
   *     breaks off
   */
  public int poll(int limit) {
    long nowNs = clock.nanoTime();
    int count = 0;
    boolean more = true;
    // Lines in turn, so that none waits in its socket while the other is read.
    while (more && count < limit) {
      more = false;
      for (int i = 0; i < lines.length && count < limit; i++) {
        if (lines[i].receive(arbiter, nowNs)) {
          count++;
          more = true;
        }
      }
    }
    count += pollServer(limit, nowNs) + pollSnapshot(nowNs);
    onTime(nowNs);
    return count;
  }

  private int pollServer(int limit, long nowNs) {
    int count = 0;
    if (server != null) {
      for (int length = server.receive(); length > 0; length = server.receive()) {
        arbiter.onReply(serverLine, server.packet(), length, nowNs);
        if (++count == limit) {
          return count;
        }
      }
    }
    return count;
  }

  private int pollSnapshot(long nowNs) {
    if (snapshot == null) {
      return 0;
    }
    int work = snapshot.poll(nowNs) ? 1 : 0;
    if (snapshot.nextNumber() != EndOfSnapshot.NONE) {
      SnapshotClient complete = snapshot;
      snapshot = null;
      complete.close();
      listener.onSnapshotComplete(complete.count(), complete.nextNumber());
      arbiter.join(complete.session(), complete.nextNumber());
    }
    return work;
  }

  private void onTime(long nowNs) {
    arbiter.onTime(nowNs);
    for (ReceivedLine line : received) {
      line.onTime(nowNs);
    }
  }

  /** Number of the message that is being handed over, or was last; 0 before the first. */
  public long sequenceNumber() {
    return arbiter.sequenceNumber();
  }

  /** Number of the message that comes next; 0 before the first packet. */
  public long nextSequenceNumber() {
    return arbiter.nextSequenceNumber();
  }

  /** Messages handed over, malformed ones included. */
  public long messages() {
    return arbiter.messages();
  }

  /** Gaps reported. */
  public long gaps() {
    return arbiter.gaps();
  }

  /** Messages in all gaps. */
  public long lostMessages() {
    return arbiter.lost();
  }

  /** Messages handed over that the retransmission server sent. */
  public long recoveredMessages() {
    return arbiter.recovered();
  }

  /** Requests for retransmission that were sent. */
  public long requests() {
    return requests == null ? 0 : requests.sent();
  }

  /** What the retransmission server brought, when there is one. */
  public Optional<ReceivedLine> retransmission() {
    return Optional.ofNullable(serverLine);
  }

  /** Messages that are no ITCH messages. */
  public long malformedMessages() {
    return arbiter.malformedMessages();
  }

  /** Whether the session has ended; another one may begin. */
  public boolean isEnded() {
    return arbiter.isEnded();
  }

  /** What each joined line brought, A first. */
  public List<ReceivedLine> lines() {
    return List.of(received);
  }

  @Override
  public void close() {
    List<AutoCloseable> open = new ArrayList<>(List.of(lines));
    open.add(server);
    open.add(snapshot);
    CloseHelper.closeAll(open);
  }
}
