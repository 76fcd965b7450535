package io.tradepit.matching.rules;

import io.tradepit.matching.session.Sessions;
import io.tradepit.protocol.sbe.AccountQueryDecoder;
import io.tradepit.protocol.sbe.DisableOrderEntryDecoder;
import io.tradepit.protocol.sbe.EnableOrderEntryDecoder;
import org.agrona.DirectBuffer;

/** Account Query, Disable and Enable Order Entry (RULES.md 8). */
final class AccountRule {
  private static final int NOT_OF_THE_SESSION = -1;

  private final Sessions sessions;
  private final EventWriter events;
  private final AccountQueryDecoder query = new AccountQueryDecoder();
  private final DisableOrderEntryDecoder disable = new DisableOrderEntryDecoder();
  private final EnableOrderEntryDecoder enable = new EnableOrderEntryDecoder();

  AccountRule(MatchingState state, EventWriter events) {
    this.sessions = state.sessions;
    this.events = events;
  }

  boolean query(int session, DirectBuffer buffer, int offset) {
    query.wrap(
        buffer, offset, AccountQueryDecoder.BLOCK_LENGTH, AccountQueryDecoder.SCHEMA_VERSION);
    if (query.verdict() == 0) {
      int channel = query.userRefIdx();
      long highest = Integer.toUnsignedLong(sessions.highest(session, channel));
      events.accountQueried(session, channel, highest + 1);
    }
    return true;
  }

  boolean disable(int session, DirectBuffer buffer, int offset) {
    disable.wrap(
        buffer,
        offset,
        DisableOrderEntryDecoder.BLOCK_LENGTH,
        DisableOrderEntryDecoder.SCHEMA_VERSION);
    int channel = disable.userRefIdx();
    long number = disable.userRefNum();
    int firm = buffer.getInt(offset + DisableOrderEntryDecoder.firmEncodingOffset());
    if (allows(session, channel, number, disable.verdict(), firm)) {
      sessions.firmDisabled(session, sessions.firmIndex(session, firm), true);
      events.orderEntryDisabled(session, channel, number, firm);
    }
    return true;
  }

  boolean enable(int session, DirectBuffer buffer, int offset) {
    enable.wrap(
        buffer,
        offset,
        EnableOrderEntryDecoder.BLOCK_LENGTH,
        EnableOrderEntryDecoder.SCHEMA_VERSION);
    int channel = enable.userRefIdx();
    long number = enable.userRefNum();
    int firm = buffer.getInt(offset + EnableOrderEntryDecoder.firmEncodingOffset());
    if (allows(session, channel, number, enable.verdict(), firm)) {
      sessions.firmDisabled(session, sessions.firmIndex(session, firm), false);
      events.orderEntryEnabled(session, channel, number, firm);
    }
    return true;
  }

  /** Takes the number; a repeat is ignored, what may not be done is rejected. */
  private boolean allows(int session, int channel, long userRefNum, int verdict, int firm) {
    if (!sessions.isNew(session, channel, (int) userRefNum)) {
      return false;
    }
    sessions.consume(session, channel, (int) userRefNum);
    int reason = verdict;
    if (reason == RejectReason.NONE && sessions.firmIndex(session, firm) == NOT_OF_THE_SESSION) {
      reason = RejectReason.FIRM;
    }
    if (reason != RejectReason.NONE) {
      events.rejected(session, channel, userRefNum, reason);
    }
    return reason == RejectReason.NONE;
  }
}
