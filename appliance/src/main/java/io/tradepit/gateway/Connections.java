package io.tradepit.gateway;

import io.tradepit.transport.CloseReason;
import io.tradepit.transport.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The open connections: their pool, their timers, their close. Gateway thread; a turn allocates
 * nothing.
 */
final class Connections {
  private static final long SCAN_INTERVAL_NS = 5_000_000;

  private final GatewayContext context;
  private final GatewayCounters counters;
  private final Transport transport;
  private final Outbound outbound;
  private final CommandWriter commands;
  private final Long2ObjectHashMap<Connection> byId = new Long2ObjectHashMap<>();
  private final ArrayDeque<Connection> pool = new ArrayDeque<>();
  private final Connection[] open;
  private int openCount;
  private boolean ending;
  private long nextScanNs;
  private long nowNs;

  Connections(
      GatewayContext context,
      GatewayCounters counters,
      Transport transport,
      Outbound outbound,
      CommandWriter commands) {
    this.context = context;
    this.counters = counters;
    this.transport = transport;
    this.outbound = outbound;
    this.commands = commands;
    open = new Connection[context.maxConnections];
    for (int i = 0; i < open.length; i++) {
      pool.add(new Connection(context.maxPacketBytes));
    }
  }

  void setTime(long turnNs) {
    nowNs = turnNs;
  }

  long nowNs() {
    return nowNs;
  }

  void open(long id, InetSocketAddress remote) {
    Connection connection = pendingOf(remote) < context.maxPendingOfSource ? pool.poll() : null;
    if (connection == null) {
      counters.connectionsRefused.incrementRelease();
      transport.close(id, CloseReason.PROTOCOL, 0);
      return;
    }
    connection.open(id, remote.getAddress(), nowNs, context.clientTimeoutNs);
    connection.rate.reset(0, nowNs);
    connection.hardRate.reset(context.maxMessagesPerSecond, nowNs);
    byId.put(id, connection);
    open[openCount++] = connection;
    counters.connections.setRelease(openCount);
  }

  // One source must not take the places of all by connecting and saying nothing.
  private int pendingOf(InetSocketAddress remote) {
    int count = 0;
    for (int i = 0; i < openCount; i++) {
      if (open[i].state != Connection.CONNECTED && open[i].remote.equals(remote.getAddress())) {
        count++;
      }
    }
    return count;
  }

  Connection get(long id) {
    return byId.get(id);
  }

  /** The connection that waits for the answer to this login, or null. */
  Connection connecting(MemberSession session, int epoch) {
    for (int i = 0; i < openCount; i++) {
      Connection connection = open[i];
      if (connection.state == Connection.CONNECTING
          && connection.session == session
          && connection.epoch == epoch) {
        return connection;
      }
    }
    return null;
  }

  /** Closes a connection and, when the session is its own, logs that it is disconnected. */
  void close(Connection connection, CloseReason reason) {
    if (connection.state == Connection.CLOSING) {
      return;
    }
    leave(connection, reason);
    transport.close(connection.id, reason, context.lingerMs);
  }

  /** Closes a connection whose session a newer one has. */
  void closeTakenOver(Connection connection) {
    outbound.stop(connection);
    connection.session.connection = null;
    connection.state = Connection.CLOSING;
    transport.close(connection.id, CloseReason.OPERATOR, context.lingerMs);
  }

  void onClosed(long id, CloseReason reason) {
    Connection connection = byId.remove(id);
    if (connection == null) {
      return;
    }
    if (connection.state != Connection.CLOSING) {
      leave(connection, reason);
    }
    remove(connection);
    counters.connections.setRelease(openCount);
    pool.add(connection);
  }

  /** The session of every connection is over: each is told and closed once it has its stream. */
  void endSessions() {
    ending = true;
  }

  /** A new day begins. */
  void beginSessions() {
    ending = false;
  }

  int onTurn(long turnNs, long livePosition) {
    int work = 0;
    if (outbound.hasBehind()) {
      work += catchUp(livePosition);
    }
    if (ending || turnNs - nextScanNs >= 0) {
      nextScanNs = turnNs + SCAN_INTERVAL_NS;
      scan();
    }
    return work;
  }

  private int catchUp(long livePosition) {
    int work = 0;
    for (int i = openCount - 1; i >= 0; i--) {
      Connection connection = open[i];
      if (connection.behind) {
        work += outbound.catchUp(connection, livePosition);
      }
      if (connection.behind && outbound.isTooSlow(connection)) {
        counters.slowReaders.incrementRelease();
        close(connection, CloseReason.SLOW_READER);
      }
    }
    return work;
  }

  // Backwards: a close may take the connection out of the array.
  private void scan() {
    for (int i = openCount - 1; i >= 0; i--) {
      Connection connection = open[i];
      switch (connection.state) {
        case Connection.CONNECTED -> scanConnected(connection);
        case Connection.CLOSING -> outbound.flushControl(connection);
        default -> scanLogin(connection);
      }
    }
  }

  private void scanLogin(Connection connection) {
    // A login in time may take as long again until its check and the log have answered.
    long limitNs = context.loginTimeoutNs * (connection.state == Connection.LOGIN ? 1 : 2);
    if (nowNs - connection.openedNs >= limitNs) {
      close(connection, CloseReason.PROTOCOL);
    }
  }

  private void scanConnected(Connection connection) {
    boolean flushed = outbound.flushControl(connection);
    if (connection.aboveHardRate) {
      close(connection, CloseReason.PROTOCOL);
    } else if (nowNs - connection.lastReceivedNs >= connection.clientTimeoutNs) {
      close(connection, CloseReason.HEARTBEAT);
    } else if (ending && !connection.behind && flushed) {
      outbound.endOfSession(connection);
      close(connection, CloseReason.SHUTDOWN);
    } else if (nowNs - connection.lastSentNs >= context.heartbeatNs) {
      outbound.heartbeat(connection);
    }
  }

  private void leave(Connection connection, CloseReason reason) {
    MemberSession session = connection.session;
    if (session != null) {
      outbound.stop(connection);
      if (session.connection == connection) {
        session.connection = null;
      }
      if (connection.state == Connection.CONNECTED || connection.state == Connection.CONNECTING) {
        commands.disconnect(session.id, connection.epoch, reason.code);
      }
    }
    connection.state = Connection.CLOSING;
  }

  private void remove(Connection connection) {
    for (int i = 0; i < openCount; i++) {
      if (open[i] == connection) {
        open[i] = open[--openCount];
        open[openCount] = null;
        return;
      }
    }
  }
}
