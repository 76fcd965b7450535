package io.tradepit.gateway;

import io.tradepit.protocol.ouch.OuchEventEncoder;
import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventWalker;
import io.tradepit.transport.Transport;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way of sequenced messages and control packets to members. Gateway thread; a message allocates
 * nothing.
 *
 * <p>A connection is either <em>live</em> and gets each message when its event passes, or
 * <em>behind</em> and reads the same events from the history, a bounded number a turn, until the
 * next number to send is one that has not passed yet. Nothing that the transport refuses is kept:
 * the number of the next message and the bytes of its packet that were taken say where to go on, so
 * memory does not grow and no message is lost or sent twice.
 */
final class Outbound {
  /** How long a member beyond its limit is watched at a time, nanoseconds. */
  private static final long PACE_NS = 1_000_000_000L;

  /** It must take this part of its limit in that time: a quarter. */
  private static final int SLOWEST_PACE_OF_LIMIT = 4;

  private final Transport transport;
  private final GatewayContext context;
  private final GatewayCounters counters;
  private final OuchEventEncoder encoder = new OuchEventEncoder();
  private final UnsafeBuffer packet =
      new UnsafeBuffer(new byte[SoupBin.PAYLOAD_OFFSET + OuchEventEncoder.MAX_LENGTH]);
  private final ExpandableArrayBuffer controlPacket = new ExpandableArrayBuffer(128);
  private final EventWalker replayWalker = new EventWalker(new ReplayListener());
  private final ArrayDeque<EventHistory> idleHistories = new ArrayDeque<>();
  private int historiesMade;
  private int behindCount;
  private Connection replaying;
  private long replayBlockedAt;
  private long nowNs;

  Outbound(Transport transport, GatewayContext context, GatewayCounters counters) {
    this.transport = transport;
    this.context = context;
    this.counters = counters;
  }

  void onTurn(long turnNs) {
    nowNs = turnNs;
  }

  /** Whether any connection is behind. */
  boolean hasBehind() {
    return behindCount > 0;
  }

  /** Begins the stream of a connection at its next number. */
  void start(Connection connection) {
    MemberSession session = connection.session;
    if (connection.nextNumber <= session.lastNumber) {
      setBehind(connection, session.index.positionBefore(connection.nextNumber));
    } else {
      connection.wasLive = true;
    }
  }

  /** A message of a connected session passes in the live stream. */
  void onLive(
      Connection connection,
      DirectBuffer buffer,
      int eventOffset,
      boolean incoming,
      long wireTimeNs,
      long position) {
    if (connection.behind) {
      context.stamps.onBehind(connection.session.id);
      if (connection.wasLive) {
        connection.behindBytes += encode(buffer, eventOffset, incoming, wireTimeNs);
      }
      return;
    }
    int length = encode(buffer, eventOffset, incoming, wireTimeNs);
    if (send(connection, length)) {
      context.stamps.onSent(connection.session.id);
    } else {
      context.stamps.onBehind(connection.session.id);
      connection.behindBytes = (long) length - connection.sentOfPacket;
      setBehind(connection, position);
    }
  }

  /** Lets a connection that is behind read on; returns the work count. */
  int catchUp(Connection connection, long livePosition) {
    if (connection.nextNumber > connection.session.lastNumber) {
      setLive(connection);
      return 1;
    }
    if (connection.history == null) {
      connection.history = takeHistory();
      if (connection.history == null) {
        return 0;
      }
    }
    long to = Math.min(connection.history.recordedPosition(), livePosition);
    if (connection.historyPosition >= to) {
      return 0;
    }
    return read(connection, to);
  }

  /** Whether a connection that is behind has to be cut. */
  boolean isTooSlow(Connection connection) {
    if (connection.blocked && nowNs - connection.blockedSinceNs >= connection.clientTimeoutNs) {
      return true;
    }
    long waiting = connection.behindBytes + Math.max(0, transport.unsentBytes(connection.id));
    if (!connection.wasLive || waiting <= context.sendBufferLimitBytes) {
      connection.paced = false;
      return false;
    }
    return !keepsPace(connection);
  }

  // One that reads on is not slow: the venue alone can emit more in a burst than any limit holds.
  private boolean keepsPace(Connection connection) {
    if (connection.paced && nowNs - connection.pacedSinceNs < PACE_NS) {
      return true;
    }
    boolean tooSlow =
        connection.paced
            && connection.pacedBytes * SLOWEST_PACE_OF_LIMIT < context.sendBufferLimitBytes;
    connection.paced = true;
    connection.pacedSinceNs = nowNs;
    connection.pacedBytes = 0;
    return !tooSlow;
  }

  /** Ends the stream of a connection, whatever its state. */
  void stop(Connection connection) {
    if (connection.behind) {
      connection.behind = false;
      behindCount--;
    }
    if (connection.history != null) {
      idleHistories.add(connection.history);
      connection.history = null;
    }
  }

  void heartbeat(Connection connection) {
    int length = SoupBinEncoder.empty(controlPacket, 0, SoupBin.SERVER_HEARTBEAT);
    sendControl(connection, length, false);
  }

  void endOfSession(Connection connection) {
    int length = SoupBinEncoder.empty(controlPacket, 0, SoupBin.END_OF_SESSION);
    sendControl(connection, length, true);
  }

  void debug(Connection connection, String text) {
    sendControl(connection, SoupBinEncoder.debug(controlPacket, 0, text), false);
  }

  void accepted(Connection connection, DirectBuffer streamSession, long number) {
    int length = SoupBinEncoder.loginAccepted(controlPacket, 0, streamSession, 0, number);
    sendControl(connection, length, true);
  }

  void rejected(Connection connection, byte reason) {
    int length = SoupBinEncoder.loginRejected(controlPacket, 0, reason);
    sendControl(connection, length, true);
  }

  /** Sends what is left of a control packet; true when nothing is. */
  boolean flushControl(Connection connection) {
    if (connection.controlLength == 0) {
      return true;
    }
    int taken =
        transport.trySend(
            connection.id, connection.control, connection.controlOffset, connection.controlLength);
    if (taken > 0) {
      connection.controlOffset += taken;
      connection.controlLength -= taken;
      connection.lastSentNs = nowNs;
    }
    return connection.controlLength == 0;
  }

  void close() {
    for (EventHistory history = idleHistories.poll();
        history != null;
        history = idleHistories.poll()) {
      history.close();
    }
  }

  private int read(Connection connection, long to) {
    replaying = connection;
    replayBlockedAt = -1;
    // Of a member that takes nothing one frame is enough to try.
    int limit = connection.blocked ? 1 : context.replayFramesPerTurn;
    long from = connection.historyPosition;
    long next = connection.history.read(from, to, replayWalker, limit);
    connection.historyPosition = replayBlockedAt >= 0 ? replayBlockedAt : next;
    return connection.historyPosition == from ? 0 : 1;
  }

  private int encode(DirectBuffer buffer, int eventOffset, boolean incoming, long wireTimeNs) {
    int length =
        encoder.encode(buffer, eventOffset, incoming, wireTimeNs, packet, SoupBin.PAYLOAD_OFFSET);
    return SoupBinEncoder.frame(packet, 0, SoupBin.SEQUENCED_DATA, length);
  }

  /** Sends the encoded packet, or the rest of it; false when some is left. */
  private boolean send(Connection connection, int length) {
    if (!flushControl(connection)) {
      block(connection, false);
      return false;
    }
    int rest = length - connection.sentOfPacket;
    int taken = transport.trySend(connection.id, packet, connection.sentOfPacket, rest);
    if (taken > 0) {
      connection.lastSentNs = nowNs;
      connection.pacedBytes += taken;
    }
    if (taken == rest) {
      connection.sentOfPacket = 0;
      connection.nextNumber++;
      connection.blocked = false;
      counters.messagesSent.incrementRelease();
      return true;
    }
    connection.sentOfPacket += Math.max(0, taken);
    block(connection, taken > 0);
    return false;
  }

  private void block(Connection connection, boolean progress) {
    if (progress || !connection.blocked) {
      connection.blocked = true;
      connection.blockedSinceNs = nowNs;
    }
  }

  // A control packet never goes between the two parts of another packet.
  private void sendControl(Connection connection, int length, boolean essential) {
    if (connection.controlLength > 0 || connection.sentOfPacket > 0) {
      return;
    }
    int taken = transport.trySend(connection.id, controlPacket, 0, length);
    if (taken < 0) {
      return;
    }
    if (taken > 0) {
      connection.lastSentNs = nowNs;
    }
    if (taken < length && (taken > 0 || essential)) {
      connection.control.putBytes(0, controlPacket, taken, length - taken);
      connection.controlOffset = 0;
      connection.controlLength = length - taken;
    }
  }

  private void setBehind(Connection connection, long position) {
    connection.behind = true;
    connection.historyPosition = position;
    behindCount++;
  }

  private void setLive(Connection connection) {
    stop(connection);
    connection.wasLive = true;
    connection.behindBytes = 0;
    connection.blocked = false;
  }

  private EventHistory takeHistory() {
    EventHistory idle = idleHistories.poll();
    if (idle != null || historiesMade == context.maxReplays) {
      return idle;
    }
    historiesMade++;
    Supplier<EventHistory> factory = context.histories;
    return factory.get();
  }

  private final class ReplayListener implements EventWalker.Listener {
    @Override
    public void onMessage(
        int sessionId,
        long number,
        DirectBuffer buffer,
        int eventOffset,
        boolean incoming,
        long wireTimeNs,
        long position) {
      Connection connection = replaying;
      if (sessionId != connection.session.id
          || number < connection.nextNumber
          || replayBlockedAt >= 0) {
        return;
      }
      if (number != connection.nextNumber) {
        throw new IllegalStateException(
            "history of a session is not dense: session="
                + sessionId
                + " expected="
                + connection.nextNumber
                + " found="
                + number);
      }
      int length = encode(buffer, eventOffset, incoming, wireTimeNs);
      int before = connection.sentOfPacket;
      boolean sent = send(connection, length);
      connection.behindBytes -= (sent ? length : connection.sentOfPacket) - before;
      if (!sent) {
        replayBlockedAt = position;
      }
    }

    @Override
    public void onOther(int templateId, DirectBuffer buffer, int eventOffset) {
      // Only messages are sent again.
    }
  }
}
