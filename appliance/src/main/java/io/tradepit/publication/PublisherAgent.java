package io.tradepit.publication;

import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventReader;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.time.Clock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Publishes the feed: ITCH 5.0 in MoldUDP64 packets, the same bytes on line A and line B. Runs as
 * {@code tp-pub}; allocates nothing after construction.
 *
 * <p>A duty cycle reads events as long as the ring has room for the largest frame, packs their
 * messages in the order of their numbers, and sends what it has: no packet waits to be filled. When
 * a line does not take its packets the ring fills, reading stops, and the pressure goes back to the
 * matcher, until the line counts as down.
 */
public final class PublisherAgent implements Agent {
  private enum State {
    NO_SESSION,
    OPEN,
    ENDING,
    ENDED
  }

  private final EventHandler onFrame = this::onFrame;
  private final EventReader events;
  private final Clock clock;
  private final PacketRing ring;
  private final FeedPacker packer;
  private final FeedFrameWalker walker;
  private final FeedLine lineA;
  private final FeedLine lineB;
  private final AtomicCounter messages;
  private final AtomicCounter heartbeats;
  private final AtomicCounter stalls;
  private final long heartbeatIntervalNs;
  private final long endOfSessionRepeatNs;
  private final int framesPerDutyCycle;
  private final int packetsOfLargestFrame;
  private volatile State state = State.NO_SESSION;
  private long nowNs;
  private long lastPacketNs;
  private long endingSinceNs;

  /**
   * @param context concluded
   */
  public PublisherAgent(PublisherContext context) {
    events = context.eventReader();
    clock = context.clock();
    heartbeatIntervalNs = context.heartbeatIntervalNs();
    endOfSessionRepeatNs = context.endOfSessionRepeatNs();
    framesPerDutyCycle = context.framesPerDutyCycle();
    packetsOfLargestFrame = context.packetsOfLargestFrame();
    CounterFactory counters = context.counters();
    messages = counters.counter("feed_messages_total", "ITCH messages published");
    heartbeats = counters.counter("feed_heartbeats_total", "Heartbeats and ends of session");
    stalls = counters.counter("feed_stalls_total", "Duty cycles that a line kept from reading");
    ring = new PacketRing(context.ringPackets(), context.maxPayloadBytes());
    packer =
        new FeedPacker(
            ring,
            context.firstFeedMessageNumber(),
            counters.counter("feed_skipped_total", "Messages published before the restart"));
    walker = new FeedFrameWalker(new FeedEncoder(packer), this::onDayOpened, this::onDayClosed);
    lineA = new FeedLine("a", context.lineA(), ring, context.lineDownAfterNs(), counters);
    lineB = new FeedLine("b", context.lineB(), ring, context.lineDownAfterNs(), counters);
    nowNs = clock.epochNs();
    resume(context.streamSession(), context.sessionEnded());
  }

  @Override
  public int doWork() {
    // Intervals are measured on a clock that may step back: time stands still until it is caught
    // up.
    nowNs = Math.max(nowNs, clock.epochNs());
    long firstPacket = ring.head();
    int work = readEvents();
    packer.flush();
    if (ring.head() != firstPacket) {
      lastPacketNs = nowNs;
    } else if (nowNs - lastPacketNs >= heartbeatIntervalNs) {
      onIdle();
    }
    return work + lineA.send(nowNs) + lineB.send(nowNs);
  }

  @Override
  public String roleName() {
    return "tp-pub";
  }

  /** Number of the feed message that comes next; for the publisher's thread. */
  public long nextFeedMessageNumber() {
    return packer.nextNumber();
  }

  /** Whether the end of the session has been sent for as long as it is repeated; any thread. */
  public boolean isEnded() {
    return state == State.ENDED;
  }

  private int readEvents() {
    int frames = 0;
    while (frames < framesPerDutyCycle) {
      int room = framesWithRoom();
      if (room == 0) {
        stalls.getAndAddRelease(1);
        break;
      }
      int polled = events.poll(onFrame, Math.min(room, framesPerDutyCycle - frames));
      frames += polled;
      if (polled == 0) {
        break;
      }
    }
    return frames;
  }

  /** How many frames of the largest size can be read now. */
  private int framesWithRoom() {
    int mostWaiting = ring.capacity() - packetsOfLargestFrame;
    if (lineA.backlog() > mostWaiting && lineA.isDown(nowNs)) {
      lineA.giveUpAllBut(mostWaiting);
    }
    if (lineB.backlog() > mostWaiting && lineB.isDown(nowNs)) {
      lineB.giveUpAllBut(mostWaiting);
    }
    int waiting = Math.max(lineA.backlog(), lineB.backlog());
    return (ring.capacity() - waiting) / packetsOfLargestFrame;
  }

  private void onFrame(DirectBuffer buffer, int offset, int length, long position) {
    long firstNumber = packer.nextNumber();
    walker.onFrame(buffer, offset, length, position);
    // A session that began within the frame has numbers of its own.
    messages.getAndAddRelease(Math.max(0, packer.nextNumber() - firstNumber));
  }

  private void onDayOpened(DirectBuffer buffer, int sessionOffset) {
    if (state == State.NO_SESSION) {
      packer.session(buffer, sessionOffset);
    } else if (!packer.isSession(buffer, sessionOffset)) {
      packer.beginSession(buffer, sessionOffset);
    }
    state = State.OPEN;
  }

  private void onDayClosed() {
    if (state == State.OPEN) {
      packer.flush();
      end();
    }
  }

  private void end() {
    state = State.ENDING;
    endingSinceNs = nowNs;
    sendEndOfSession();
  }

  private void onIdle() {
    if (Math.max(lineA.backlog(), lineB.backlog()) == ring.capacity()) {
      return;
    }
    if (state == State.OPEN) {
      packer.heartbeat();
      heartbeats.getAndAddRelease(1);
      lastPacketNs = nowNs;
    } else if (state == State.ENDING) {
      repeatEndOfSession();
    }
  }

  private void repeatEndOfSession() {
    if (nowNs - endingSinceNs > endOfSessionRepeatNs) {
      state = State.ENDED;
    } else {
      sendEndOfSession();
      lastPacketNs = nowNs;
    }
  }

  private void sendEndOfSession() {
    packer.endOfSession();
    heartbeats.getAndAddRelease(1);
  }

  private void resume(byte[] session, boolean ended) {
    if (session != null) {
      packer.session(new UnsafeBuffer(session), 0);
      state = State.OPEN;
      lastPacketNs = nowNs;
      if (ended) {
        end();
      }
    }
  }
}
