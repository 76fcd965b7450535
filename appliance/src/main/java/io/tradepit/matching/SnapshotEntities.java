package io.tradepit.matching;

import io.tradepit.matching.rules.MatchingState;
import io.tradepit.matching.session.Sessions;
import io.tradepit.protocol.sbe.SnapshotGatewayDecoder;
import io.tradepit.protocol.sbe.SnapshotInstrumentDecoder;
import io.tradepit.protocol.sbe.SnapshotSessionDecoder;
import org.agrona.DirectBuffer;

/** Loads gateways, instruments and sessions of a snapshot, each in ascending order. */
final class SnapshotEntities {
  private static final int REASON = SnapshotInstrumentDecoder.reasonEncodingOffset();
  private static final int USERNAME = SnapshotSessionDecoder.usernameEncodingOffset();
  private static final int FIRMS = SnapshotSessionDecoder.firmsEncodingOffset();

  private final MatchingState state;
  private final SnapshotChecks checks;
  private final SnapshotGatewayDecoder gateway = new SnapshotGatewayDecoder();
  private final SnapshotInstrumentDecoder instrument = new SnapshotInstrumentDecoder();
  private final SnapshotSessionDecoder session = new SnapshotSessionDecoder();
  private int lastGateway = -1;
  private int lastSession = -1;

  SnapshotEntities(MatchingState state, SnapshotChecks checks) {
    this.state = state;
    this.checks = checks;
  }

  void gateway(DirectBuffer buffer, int block) {
    gateway.wrap(
        buffer, block, SnapshotGatewayDecoder.BLOCK_LENGTH, SnapshotGatewayDecoder.SCHEMA_VERSION);
    int number = gateway.gateway();
    checks.require(number > lastGateway, "gateway", number, "not above the one before");
    lastGateway = number;
    state.header.gatewaySequence(number, gateway.gatewaySequence());
  }

  void instrument(DirectBuffer buffer, int block) {
    instrument.wrap(
        buffer,
        block,
        SnapshotInstrumentDecoder.BLOCK_LENGTH,
        SnapshotInstrumentDecoder.SCHEMA_VERSION);
    checks.requireSame("instrumentId", instrument.instrumentId(), state.instruments.count() + 1L);
    long symbol = instrument.symbol();
    checks.require(state.instruments.find(symbol) == 0, "symbol", symbol, "listed twice");
    checks.require(instrument.tick() > 0, "tick", instrument.tick(), "allowed from 1");
    int id =
        state.instruments.define(
            symbol, instrument.tick(), instrument.referencePrice(), (int) instrument.lot());
    state.instruments.state(id, instrument.tradingState(), buffer.getInt(block + REASON));
    // A reader elsewhere sees the book as busy until the snapshot is whole.
    state.books.book(id).beginChange();
  }

  void session(DirectBuffer buffer, int block) {
    session.wrap(
        buffer, block, SnapshotSessionDecoder.BLOCK_LENGTH, SnapshotSessionDecoder.SCHEMA_VERSION);
    int id = session.sessionId();
    checks.require(id > lastSession, "sessionId", id, "not above the one before");
    checks.require(id < state.sessions.capacity(), "sessionId", id, "there is no room for it");
    lastSession = id;
    long name = buffer.getInt(block + USERNAME) & 0xFFFF_FFFFL;
    name |= (buffer.getShort(block + USERNAME + Integer.BYTES) & 0xFFFFL) << Integer.SIZE;
    name |= (long) session.homeGateway() << 48;
    Sessions sessions = state.sessions;
    sessions.define(
        id,
        name,
        buffer.getLong(block + FIRMS),
        buffer.getLong(block + FIRMS + Long.BYTES),
        session.cancelOnDisconnectMs());
    deadline(id, session.deadlineNs());
    sessions.set(id, Sessions.CONNECTED, session.connected() != 0);
    sessions.set(id, Sessions.DISABLED, session.disabled() != 0);
    sessions.disabledFirms(id, session.disabledFirms());
    sessions.epoch(id, session.connectionEpoch());
    sessions.messagesAssigned(id, session.messagesAssigned());
    for (int channel = 0; channel < SnapshotEncoder.CHANNELS; channel++) {
      sessions.consume(id, channel, (int) session.userRefNums(channel));
    }
  }

  private void deadline(int id, long deadlineNs) {
    if (deadlineNs != 0) {
      checks.require(
          deadlineNs > 0 && session.connected() == 0,
          "deadlineNs",
          deadlineNs,
          "allowed above 0, of a session that is away");
      state.timers.set(id, deadlineNs);
    }
  }

  /** The books are whole. */
  void endChanges() {
    for (int i = 1; i <= state.instruments.count(); i++) {
      state.books.book(i).endChange();
    }
  }
}
