package io.tradepit.matching.rules;

import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.protocol.sbe.ControlSessionDecoder;
import io.tradepit.protocol.sbe.DefineSessionDecoder;
import io.tradepit.protocol.sbe.DisconnectSessionDecoder;
import org.agrona.DirectBuffer;

/** Sessions: defined, connected, disconnected, controlled (RULES.md 3). */
final class SessionRule {
  private static final int USERNAME = DefineSessionDecoder.usernameEncodingOffset();
  private static final int FIRMS = DefineSessionDecoder.firmsEncodingOffset();
  private static final long USERNAME_MASK = 0xFFFF_FFFF_FFFFL;

  private final MatchingState state;
  private final Sessions sessions;
  private final EventWriter events;
  private final Execution execution;
  private final CancelOnDisconnectRule cancelOnDisconnect;
  private final DefineSessionDecoder define = new DefineSessionDecoder();
  private final DisconnectSessionDecoder disconnect = new DisconnectSessionDecoder();
  private final ControlSessionDecoder control = new ControlSessionDecoder();

  SessionRule(
      MatchingState state,
      EventWriter events,
      Execution execution,
      CancelOnDisconnectRule cancelOnDisconnect) {
    this.state = state;
    this.sessions = state.sessions;
    this.events = events;
    this.execution = execution;
    this.cancelOnDisconnect = cancelOnDisconnect;
  }

  boolean define(int session, DirectBuffer buffer, int offset) {
    define.wrap(
        buffer, offset, DefineSessionDecoder.BLOCK_LENGTH, DefineSessionDecoder.SCHEMA_VERSION);
    long name = username(buffer, offset) | (long) define.homeGateway() << 48;
    long first = buffer.getLong(offset + FIRMS);
    long last = buffer.getLong(offset + FIRMS + 8);
    long graceMs = define.cancelOnDisconnectMs();
    char result = definition(session, name, first, last, graceMs);
    if (result == 'Y') {
      sessions.define(session, name, first, last, graceMs);
      events.sessionDefined(session, buffer, offset + USERNAME, offset + FIRMS);
      events.sessionNotified(session, 'S');
    }
    events.adminCompleted(define.correlationId(), result == 'Y' ? 1 : 0, result);
    return true;
  }

  private char definition(int session, long name, long firmsFirst, long firmsLast, long graceMs) {
    if (!state.dayIsOpen() || session >= sessions.capacity()) {
      return 'X';
    }
    if (sessions.is(session, Sessions.DEFINED)) {
      return sessions.equal(session, name, firmsFirst, firmsLast, graceMs) ? 'N' : 'X';
    }
    return sessions.find(name) >= 0 ? 'X' : 'Y';
  }

  private static long username(DirectBuffer buffer, int offset) {
    return buffer.getLong(offset + USERNAME) & USERNAME_MASK;
  }

  boolean connect(int session, int epoch) {
    if (!state.dayIsOpen()) {
      events.sessionRefused(session, epoch, 'C');
    } else if (!sessions.is(session, Sessions.DEFINED)) {
      events.sessionRefused(session, epoch, 'N');
    } else if (sessions.is(session, Sessions.DISABLED)) {
      events.sessionRefused(session, epoch, 'D');
    } else if (epoch > sessions.epoch(session)) {
      boolean takenOver = sessions.is(session, Sessions.CONNECTED);
      sessions.epoch(session, epoch);
      sessions.set(session, Sessions.CONNECTED, true);
      state.timers.clear(session);
      events.sessionConnected(session, takenOver);
    }
    return true;
  }

  boolean disconnect(int session, int epoch, DirectBuffer buffer, int offset) {
    disconnect.wrap(
        buffer,
        offset,
        DisconnectSessionDecoder.BLOCK_LENGTH,
        DisconnectSessionDecoder.SCHEMA_VERSION);
    if (!sessions.is(session, Sessions.CONNECTED) || epoch != sessions.epoch(session)) {
      return true;
    }
    sessions.set(session, Sessions.CONNECTED, false);
    long cancelAtNs = cancelOnDisconnect.cancelAtNs(session);
    events.sessionDisconnected(session, disconnect.reason(), cancelAtNs);
    return cancelOnDisconnect.disconnected(session, cancelAtNs);
  }

  boolean control(int session, DirectBuffer buffer, int offset) {
    control.wrap(
        buffer, offset, ControlSessionDecoder.BLOCK_LENGTH, ControlSessionDecoder.SCHEMA_VERSION);
    byte action = control.action();
    long correlationId = control.correlationId();
    if (!sessions.is(session, Sessions.DEFINED)) {
      events.adminCompleted(correlationId, 0, 'X');
      return true;
    }
    if (action == 'C') {
      Continuation.begin(state.header, Continuation.CANCEL_ALL, correlationId);
      state.header.put(Header.CURSOR_A, session);
      return resumeCancelAll();
    }
    char result = change(session, action);
    if (result == 'Y') {
      events.sessionControlled(session, action);
    }
    events.adminCompleted(correlationId, result == 'Y' ? 1 : 0, result);
    return true;
  }

  private char change(int session, byte action) {
    boolean disabled = sessions.is(session, Sessions.DISABLED);
    if (action == 'D' || action == 'E') {
      sessions.set(session, Sessions.DISABLED, action == 'D');
      return disabled == (action == 'D') ? 'N' : 'Y';
    }
    if (action != 'X') {
      return 'X';
    }
    return sessions.is(session, Sessions.CONNECTED) ? 'Y' : 'N';
  }

  boolean resumeCancelAll() {
    Header header = state.header;
    int session = (int) header.get(Header.CURSOR_A);
    long canceled = header.get(Header.TOUCHED);
    int oldest = sessions.oldest(session);
    while (oldest != 0 && !events.full()) {
      execution.cancel(oldest, 'S');
      canceled++;
      oldest = sessions.oldest(session);
    }
    header.put(Header.TOUCHED, canceled);
    if (oldest != 0 || !events.hasRoom(2)) {
      return false;
    }
    events.sessionControlled(session, (byte) 'C');
    events.adminCompleted(header.get(Header.CORRELATION_ID), canceled, 'Y');
    return Continuation.end(header);
  }
}
