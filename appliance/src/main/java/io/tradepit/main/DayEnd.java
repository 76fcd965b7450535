package io.tradepit.main;

import io.tradepit.publication.PublisherAgent;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a segment whose day is closed, so that the next one can begin: once the feed has sent the
 * end of its session for as long as it is repeated and every member has its stream to the end, at
 * the latest after a while. One of the agents of {@code tp-admin}.
 */
final class DayEnd implements Agent {
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
  private static final Logger LOGGER = LoggerFactory.getLogger(DayEnd.class);

  private final PublisherAgent publisher;
  private final IntSupplier connected;
  private final Faults faults;
  private final NanoClock nanoClock;
  private boolean isWanted;
  private long deadlineNs;

  /**
   * @param connected how many sessions are connected
   */
  DayEnd(PublisherAgent publisher, IntSupplier connected, Faults faults, NanoClock nanoClock) {
    this.publisher = publisher;
    this.connected = connected;
    this.faults = faults;
    this.nanoClock = nanoClock;
  }

  /** The next day shall begin. */
  void want() {
    if (!isWanted) {
      isWanted = true;
      deadlineNs = nanoClock.nanoTime() + LIMIT_NS;
    }
  }

  @Override
  public int doWork() {
    if (!isWanted) {
      return 0;
    }
    int members = connected.getAsInt();
    boolean isLate = nanoClock.nanoTime() - deadlineNs >= 0;
    if (isLate) {
      LOGGER.warn("day ends with sessionsConnected={} feedEnded={}", members, publisher.isEnded());
    }
    if (isLate || (members == 0 && publisher.isEnded())) {
      isWanted = false;
      faults.roll();
    }
    return 1;
  }

  @Override
  public String roleName() {
    return "tp-dayend";
  }
}
