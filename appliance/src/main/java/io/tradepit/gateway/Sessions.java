package io.tradepit.gateway;

import io.tradepit.protocol.sbe.DayClosedDecoder;
import io.tradepit.protocol.sbe.DayOpenedDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.SessionConnectedDecoder;
import io.tradepit.protocol.sbe.SessionControlledDecoder;
import io.tradepit.protocol.sbe.SessionDefinedDecoder;
import io.tradepit.protocol.sbe.SessionDisconnectedDecoder;
import io.tradepit.protocol.sbe.SessionRefusedDecoder;
import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinDecoder;
import io.tradepit.protocol.soupbin.SoupBinText;
import io.tradepit.stream.EventWalker;
import io.tradepit.stream.StreamTable;
import io.tradepit.transport.CloseReason;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;

/**
 * The sessions of this gateway as the event stream tells them, and logins into them. Gateway
 * thread; logins and session events may allocate, messages do not.
 *
 * <p>A login is answered only when its event has come back, so it is in the log before the member
 * knows.
 */
final class Sessions implements EventWalker.Listener, Inbound.PacketListener {
  private static final byte DISABLED = 'D';

  private final GatewayContext context;
  private final GatewayCounters counters;
  private final Connections connections;
  private final Outbound outbound;
  private final CommandWriter commands;
  private final Logger logger;
  private final LoginFailures failures;
  private final Int2ObjectHashMap<MemberSession> byId = new Int2ObjectHashMap<>();
  private final Map<String, MemberSession> byName = new HashMap<>();

  // Source of each check under way: as many as the authenticator takes.
  private final Long2ObjectHashMap<InetAddress> checking = new Long2ObjectHashMap<>();
  private final UnsafeBuffer streamSession = new UnsafeBuffer(new byte[SoupBin.SESSION_LENGTH]);
  private boolean dayOpen;
  private boolean rebuilt;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final DayOpenedDecoder dayOpened = new DayOpenedDecoder();
  private final SessionDefinedDecoder defined = new SessionDefinedDecoder();
  private final SessionConnectedDecoder connected = new SessionConnectedDecoder();
  private final SessionRefusedDecoder refused = new SessionRefusedDecoder();
  private final SessionDisconnectedDecoder disconnected = new SessionDisconnectedDecoder();
  private final SessionControlledDecoder controlled = new SessionControlledDecoder();

  Sessions(
      GatewayContext context,
      GatewayCounters counters,
      Connections connections,
      Outbound outbound,
      CommandWriter commands) {
    this.context = context;
    this.counters = counters;
    this.connections = connections;
    this.outbound = outbound;
    this.commands = commands;
    this.logger = context.logger;
    this.failures = new LoginFailures(context.maxFailuresPerMinute);
  }

  /** Begins with what the stream has told before; none of its sessions has a connection. */
  void restore(StreamTable told) {
    if (told.streamSession().isEmpty()) {
      return;
    }
    beginDay(told.streamSession());
    dayOpen = told.isDayOpen();
    for (StreamTable.Session session : told.sessions()) {
      if (session.homeGateway() == context.gatewayId) {
        define(session.id(), session.username()).restore(session);
      }
    }
  }

  /** Connections that the log holds for open did not outlive the process that had them. */
  void onRebuilt() {
    rebuilt = true;
    for (MemberSession session : byId.values()) {
      if (session.connectedEpoch != 0) {
        commands.disconnect(session.id, session.connectedEpoch, CloseReason.SHUTDOWN.code);
      }
    }
  }

  @Override
  public void onMessage(
      int sessionId,
      long number,
      DirectBuffer buffer,
      int eventOffset,
      boolean incoming,
      long wireTimeNs,
      long position) {
    MemberSession session = byId.get(sessionId);
    if (session == null) {
      return;
    }
    if (number != session.lastNumber + 1) {
      throw new IllegalStateException(
          "stream of a session is not dense: session="
              + sessionId
              + " expected="
              + (session.lastNumber + 1)
              + " found="
              + number);
    }
    session.lastNumber = number;
    session.index.onMessage(number, position);
    if (session.connection != null) {
      outbound.onLive(session.connection, buffer, eventOffset, incoming, wireTimeNs, position);
    }
  }

  @Override
  public void onOther(int templateId, DirectBuffer buffer, int offset) {
    switch (templateId) {
      case DayOpenedDecoder.TEMPLATE_ID ->
          onDayOpened(dayOpened.wrapAndApplyHeader(buffer, offset, header));
      case SessionDefinedDecoder.TEMPLATE_ID ->
          onDefined(defined.wrapAndApplyHeader(buffer, offset, header));
      case SessionConnectedDecoder.TEMPLATE_ID ->
          onConnected(connected.wrapAndApplyHeader(buffer, offset, header));
      case SessionRefusedDecoder.TEMPLATE_ID ->
          onRefused(refused.wrapAndApplyHeader(buffer, offset, header));
      case SessionDisconnectedDecoder.TEMPLATE_ID ->
          onDisconnected(disconnected.wrapAndApplyHeader(buffer, offset, header));
      case SessionControlledDecoder.TEMPLATE_ID ->
          onControlled(controlled.wrapAndApplyHeader(buffer, offset, header));
      case DayClosedDecoder.TEMPLATE_ID -> onDayClosed();
      default -> {}
    }
  }

  @Override
  public void onLoginRequest(Connection connection, SoupBinDecoder request) {
    long number = request.isLoginLength() ? request.requestedSequence() : -1;
    long timeoutMs = number < 0 ? -1 : request.timeoutMs();
    if (timeoutMs < 0 || failures.isBarred(connection.remote, connections.nowNs())) {
      reject(connection, SoupBin.NOT_AUTHORIZED);
      return;
    }
    request.getRequestedSession(connection.requestedSession, 0);
    connection.requestedNumber = number;
    if (timeoutMs > 0) {
      long asked = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      connection.clientTimeoutNs =
          Math.clamp(asked, context.minClientTimeoutNs, context.maxClientTimeoutNs);
    }
    check(connection, request);
  }

  @Override
  public void onLogout(Connection connection) {
    connections.close(connection, CloseReason.LOGOUT);
  }

  @Override
  public void onBroken(Connection connection, String what) {
    logger.warn(
        "ProtocolBroken connection={} remote={} what=\"{}\"",
        connection.id,
        connection.remote,
        what);
    connections.close(connection, CloseReason.PROTOCOL);
  }

  /** The password of a login was checked. */
  void onLoginChecked(long ticket, boolean valid) {
    InetAddress source = checking.remove(ticket);
    // Also of a connection that did not wait for the answer.
    if (!valid) {
      failures.onFailure(source, connections.nowNs());
    }
    Connection connection = connections.get(ticket);
    if (connection == null || connection.state != Connection.CHECKING) {
      return;
    }
    MemberSession session = connection.username == null ? null : byName.get(connection.username);
    if (!valid) {
      reject(connection, SoupBin.NOT_AUTHORIZED);
    } else if (session == null || !dayOpen || !asksForThisSession(connection)) {
      reject(connection, SoupBin.SESSION_NOT_AVAILABLE);
    } else {
      connection.session = session;
      connection.epoch = ++session.lastEpoch;
      connection.state = Connection.CONNECTING;
      commands.connect(session.id, connection.epoch);
    }
  }

  private void check(Connection connection, SoupBinDecoder request) {
    connection.username = request.username();
    SessionLimits limits =
        context.sessionLimits.getOrDefault(connection.username, SessionLimits.NONE);
    if (!limits.allows(connection.remote)) {
      failures.onFailure(connection.remote, connections.nowNs());
      reject(connection, SoupBin.NOT_AUTHORIZED);
    } else if (!context.authenticator.submit(
        connection.id, connection.username, request.password())) {
      reject(connection, SoupBin.NOT_AUTHORIZED);
    } else {
      checking.put(connection.id, connection.remote);
      connection.rate.reset(limits.messagesPerSecond(), connections.nowNs());
      if (limits.hardMessagesPerSecond() > 0) {
        connection.hardRate.reset(limits.hardMessagesPerSecond(), connections.nowNs());
      }
      connection.state = Connection.CHECKING;
    }
  }

  private boolean asksForThisSession(Connection connection) {
    UnsafeBuffer requested = connection.requestedSession;
    int length = SoupBin.SESSION_LENGTH;
    return SoupBinText.isBlank(requested, 0, length)
        || SoupBinText.equalTrimmed(requested, 0, length, streamSession, 0, length);
  }

  private void reject(Connection connection, byte reason) {
    counters.loginsRejected.incrementRelease();
    logger.info(
        "LoginRejected connection={} remote={} reason={}",
        connection.id,
        connection.remote,
        (char) reason);
    outbound.rejected(connection, reason);
    connections.close(connection, CloseReason.PROTOCOL);
  }

  private void onDayOpened(DayOpenedDecoder event) {
    beginDay(event.streamSession().strip());
  }

  private void beginDay(String name) {
    String padded = String.format(Locale.ROOT, "%" + SoupBin.SESSION_LENGTH + "s", name);
    streamSession.putStringWithoutLengthAscii(0, padded);
    dayOpen = true;
    byId.clear();
    byName.clear();
    connections.beginSessions();
  }

  private void onDefined(SessionDefinedDecoder event) {
    if (event.homeGateway() != context.gatewayId || byId.containsKey(event.sessionId())) {
      return;
    }
    define(event.sessionId(), event.username().strip());
  }

  private MemberSession define(int id, String name) {
    String username = name.toUpperCase(Locale.ROOT);
    MemberSession session = new MemberSession(id, username, context.firstConnectionEpoch - 1);
    byId.put(id, session);
    byName.put(username, session);
    return session;
  }

  private void onConnected(SessionConnectedDecoder event) {
    MemberSession session = byId.get(event.sessionId());
    if (session == null) {
      return;
    }
    session.lastEpoch = Math.max(session.lastEpoch, event.connectionEpoch());
    session.connectedEpoch = event.connectionEpoch();
    Connection old = session.connection;
    Connection connection = connections.connecting(session, event.connectionEpoch());
    if (old != null) {
      logger.info(
          "SessionTakenOver username={} epoch={} remote={}",
          session.username,
          event.connectionEpoch(),
          connection == null ? "gone" : connection.remote);
      connections.closeTakenOver(old);
    }
    if (connection != null) {
      accept(connection, event.nextMessageNumber());
    } else if (rebuilt && event.connectionEpoch() < context.firstConnectionEpoch) {
      // A login that was logged before the start and is applied only now.
      commands.disconnect(session.id, event.connectionEpoch(), CloseReason.SHUTDOWN.code);
    }
  }

  private void accept(Connection connection, long next) {
    MemberSession session = connection.session;
    if (next != session.lastNumber + 1) {
      throw new IllegalStateException(
          "numbers of a session differ: session="
              + session.id
              + " event="
              + next
              + " stream="
              + (session.lastNumber + 1));
    }
    boolean replay = connection.requestedNumber != 0 && connection.requestedNumber < next;
    connection.nextNumber = replay ? connection.requestedNumber : next;
    connection.state = Connection.CONNECTED;
    session.connection = connection;
    counters.logins.incrementRelease();
    outbound.accepted(connection, streamSession, connection.nextNumber);
    outbound.start(connection);
    logger.info(
        "LoginAccepted username={} epoch={} remote={} from={} next={}",
        session.username,
        connection.epoch,
        connection.remote,
        connection.nextNumber,
        next);
  }

  private void onRefused(SessionRefusedDecoder event) {
    MemberSession session = byId.get(event.sessionId());
    if (session == null) {
      return;
    }
    session.lastEpoch = Math.max(session.lastEpoch, event.connectionEpoch());
    Connection connection = connections.connecting(session, event.connectionEpoch());
    if (connection != null) {
      // A refused login never connected, so nothing is to be disconnected.
      connection.state = Connection.CHECKING;
      boolean disabled = event.reason() == DISABLED;
      reject(connection, disabled ? SoupBin.NOT_AUTHORIZED : SoupBin.SESSION_NOT_AVAILABLE);
    }
  }

  private void onDisconnected(SessionDisconnectedDecoder event) {
    MemberSession session = byId.get(event.sessionId());
    if (session != null && session.connectedEpoch == event.connectionEpoch()) {
      session.connectedEpoch = 0;
    }
  }

  private void onControlled(SessionControlledDecoder event) {
    MemberSession session = byId.get(event.sessionId());
    boolean closes = event.action() == 'D' || event.action() == 'X';
    if (session != null && session.connection != null && closes) {
      connections.close(session.connection, CloseReason.OPERATOR);
    }
  }

  private void onDayClosed() {
    dayOpen = false;
    connections.endSessions();
  }
}
