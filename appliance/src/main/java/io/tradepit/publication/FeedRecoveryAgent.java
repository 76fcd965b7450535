package io.tradepit.publication;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What brings a receiver of the feed back: retransmissions and snapshots. Runs as {@code
 * tp-feedrec}, which is on no order's path: it reads what is recorded, and what it does not get to
 * do waits.
 *
 * <p>A fault of it, such as a damaged recording, ends it and not the segment: {@link #defect}.
 *
 * <p>A turn follows the recording, then answers requests, then serves snapshots; each part is
 * bounded. A request allocates nothing but the address that the JDK makes of a source which is not
 * that of the request before.
 */
public final class FeedRecoveryAgent implements Agent {
  private static final Logger LOGGER = LoggerFactory.getLogger(FeedRecoveryAgent.class);

  private final NanoClock clock;
  private final FeedHistory history;
  private final int framesPerDutyCycle;
  private final RetransmissionServer retransmission;
  private final GlimpseServer glimpse;
  private volatile String defect;

  /**
   * Takes the ports; they are served from the first turn on.
   *
   * @throws io.tradepit.transport.TransportException when a port is taken
   */
  public FeedRecoveryAgent(FeedRecoveryContext context) {
    context.conclude();
    clock = context.clock();
    framesPerDutyCycle = context.framesPerDutyCycle();
    history = context.newHistory();
    RetransmissionServer first = null;
    try {
      first =
          context.retransmission() == null
              ? null
              : new RetransmissionServer(context.retransmission(), history, context.counters());
      glimpse =
          context.glimpse() == null
              ? null
              : new GlimpseServer(context.glimpse(), history, context.counters());
    } catch (RuntimeException e) {
      CloseHelper.quietCloseAll(first, history);
      throw e;
    }
    retransmission = first;
  }

  /** Where requests for retransmission go, with the port in fact obtained. */
  public Optional<InetSocketAddress> retransmissionAddress() {
    return Optional.ofNullable(retransmission).map(RetransmissionServer::localAddress);
  }

  /** Where GLIMPSE clients connect, with the port in fact obtained. */
  public Optional<InetSocketAddress> glimpseAddress() {
    return Optional.ofNullable(glimpse).map(GlimpseServer::localAddress);
  }

  /** The transport in fact obtained for GLIMPSE. */
  public Optional<String> glimpseTransport() {
    return Optional.ofNullable(glimpse).map(GlimpseServer::transportName);
  }

  /** Requests for retransmission that came; any thread. */
  public long requests() {
    return retransmission == null ? 0 : retransmission.requests();
  }

  /** Requests that were answered; any thread. */
  public long replies() {
    return retransmission == null ? 0 : retransmission.replies();
  }

  /** Snapshots that were sent whole; any thread. */
  public long spins() {
    return glimpse == null ? 0 : glimpse.spins();
  }

  /** Why nothing is served any more, or null; any thread. */
  public String defect() {
    return defect;
  }

  @Override
  public int doWork() {
    if (defect != null) {
      return 0;
    }
    try {
      return serve();
    } catch (RuntimeException e) {
      // Anyone may ask for what lies in a damaged part of the recording: the market goes on.
      LOGGER.error("feed recovery ends: {}", e.getMessage(), e);
      defect = "no feed recovery: " + e.getMessage();
      CloseHelper.quietCloseAll(glimpse, retransmission);
      return 1;
    }
  }

  private int serve() {
    long nowNs = clock.nanoTime();
    int work = history.follow(framesPerDutyCycle);
    if (retransmission != null) {
      work += retransmission.doWork(nowNs);
    }
    if (glimpse != null) {
      work += glimpse.doWork(nowNs);
    }
    return work;
  }

  @Override
  public String roleName() {
    return "tp-feedrec";
  }

  @Override
  public void onClose() {
    if (defect == null) {
      CloseHelper.closeAll(glimpse, retransmission);
    }
    history.close();
  }
}
