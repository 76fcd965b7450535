package io.tradepit.tools.client;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
 * a line brings it or the wait is over; then the gap is reported and the receiver goes on. It does
 * not ask for a retransmission.
 */
public final class FeedReceiver implements AutoCloseable {
  private final NanoClock clock;
  private final MulticastLine[] lines;
  private final ReceivedLine[] received;
  private final FeedArbiter arbiter;

  private FeedReceiver(FeedReceiverContext context, MulticastLine[] lines) {
    clock = context.clock();
    this.lines = lines;
    received = Arrays.stream(lines).map(MulticastLine::received).toArray(ReceivedLine[]::new);
    arbiter = new FeedArbiter(context, received);
  }

  /**
   * Joins the lines.
   *
   * @throws io.tradepit.config.StartException when an interface or a socket is refused
   */
  public static FeedReceiver open(FeedReceiverContext context) {
    context.conclude();
    MulticastLine a =
        context.lineA() == null ? null : new MulticastLine("A", context.lineA(), context);
    try {
      MulticastLine b =
          context.lineB() == null ? null : new MulticastLine("B", context.lineB(), context);
      return new FeedReceiver(
          context, Stream.of(a, b).filter(Objects::nonNull).toArray(MulticastLine[]::new));
    } catch (RuntimeException e) {
      CloseHelper.quietClose(a);
      throw e;
    }
  }

  /**
   * Reads what has come and calls the listeners; does not wait. Call it at least as often as a gap
   * shall be noticed.
   *
   * @param limit of datagrams, those of all lines together
   * @return how many were read, 0 to limit
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
    onTime(nowNs);
    return count;
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
    CloseHelper.closeAll(lines);
  }
}
