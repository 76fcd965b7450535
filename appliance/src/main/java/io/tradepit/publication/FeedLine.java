package io.tradepit.publication;

import io.tradepit.telemetry.CounterFactory;
import java.io.UncheckedIOException;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * One line of the feed: sends the packets of the ring in order, each as often as it takes.
 * Publisher thread; allocates nothing unless the line is faulty.
 *
 * <p>A packet that the sender has taken counts as sent. A port may still drop it, while its link is
 * down or its device stuck: that is in the port's own count, {@code port_dropped_total}.
 *
 * <p>A line that has refused for longer than the limit is <em>down</em>: it gives up its oldest
 * packets where the ring needs their slots, counted, and goes on to try the oldest that it still
 * has. The other line and the segment go on; receivers arbitrate between the lines by number.
 */
final class FeedLine {
  /** After a fault, which costs an exception, the line is left alone for this long. */
  private static final long PAUSE_AFTER_FAULT_NS = 100_000_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final PacketSender sender;
  private final PacketRing ring;
  private final long downAfterNs;
  private final AtomicCounter sent;
  private final AtomicCounter refused;
  private final AtomicCounter faults;
  private final AtomicCounter lost;
  private long next;
  private long refusedSinceNs = NEVER;
  private long pausedUntilNs = NEVER;

  FeedLine(
      String name,
      PacketSender sender,
      PacketRing ring,
      long downAfterNs,
      CounterFactory counters) {
    this.sender = sender;
    this.ring = ring;
    this.downAfterNs = downAfterNs;
    String prefix = "feed_line_" + name;
    sent =
        counters.counter(
            prefix + "_packets_total",
            "Packets handed to the line; what a port drops of them is in port_dropped_total");
    refused = counters.counter(prefix + "_refused_total", "Sends that the kernel had no room for");
    faults = counters.counter(prefix + "_faults_total", "Sends that failed, such as no route");
    lost = counters.counter(prefix + "_lost_total", "Packets given up while the line was down");
  }

  /** Sends what waits until the line refuses; returns the number of packets sent. */
  int send(long nowNs) {
    int count = 0;
    long head = ring.head();
    while (next < head && nowNs >= pausedUntilNs && trySend(nowNs)) {
      next++;
      count++;
    }
    sender.flush();
    if (count > 0) {
      sent.getAndAddRelease(count);
    }
    return count;
  }

  /** Packets that wait for this line. */
  int backlog() {
    return (int) (ring.head() - next);
  }

  /** Whether the line has refused for longer than the limit. */
  boolean isDown(long nowNs) {
    return refusedSinceNs != NEVER && nowNs - refusedSinceNs >= downAfterNs;
  }

  /** Gives up the oldest packets until at most this many wait. */
  void giveUpAllBut(int packets) {
    int surplus = backlog() - packets;
    if (surplus > 0) {
      next += surplus;
      lost.getAndAddRelease(surplus);
    }
  }

  private boolean trySend(long nowNs) {
    try {
      if (sender.trySend(ring.packet(next))) {
        refusedSinceNs = NEVER;
        return true;
      }
      refused.getAndAddRelease(1);
    } catch (UncheckedIOException fault) {
      // Not handed on to the agent loop: a line without a route must not end the other one.
      faults.getAndAddRelease(1);
      pausedUntilNs = nowNs + PAUSE_AFTER_FAULT_NS;
    }
    if (refusedSinceNs == NEVER) {
      refusedSinceNs = nowNs;
    }
    return false;
  }
}
