package io.tradepit.matching.rules;

import io.tradepit.protocol.sbe.AccountQueryDecoder;
import io.tradepit.protocol.sbe.DisableOrderEntryDecoder;
import io.tradepit.protocol.sbe.EnableOrderEntryDecoder;
import io.tradepit.protocol.sbe.MassCancelDecoder;
import org.agrona.DirectBuffer;

/** Account Query, and the messages about whole accounts that are refused as yet (RULES.md 8). */
final class AccountRule {
  private static final long BLANKS = 0x2020202020202020L;
  private static final int CHANNEL = 28;

  private final MatchingState state;
  private final EventWriter events;
  private final AccountQueryDecoder query = new AccountQueryDecoder();
  private final MassCancelDecoder massCancel = new MassCancelDecoder();
  private final DisableOrderEntryDecoder disable = new DisableOrderEntryDecoder();
  private final EnableOrderEntryDecoder enable = new EnableOrderEntryDecoder();

  AccountRule(MatchingState state, EventWriter events) {
    this.state = state;
    this.events = events;
  }

  boolean query(int session, DirectBuffer buffer, int offset) {
    query.wrap(
        buffer, offset, AccountQueryDecoder.BLOCK_LENGTH, AccountQueryDecoder.SCHEMA_VERSION);
    if (query.verdict() == 0) {
      int channel = query.userRefIdx();
      long highest = Integer.toUnsignedLong(state.sessions.highest(session, channel));
      events.accountQueried(session, channel, highest + 1);
    }
    return true;
  }

  boolean massCancel(int session, DirectBuffer buffer, int offset) {
    massCancel.wrap(
        buffer, offset, MassCancelDecoder.BLOCK_LENGTH, MassCancelDecoder.SCHEMA_VERSION);
    int present = buffer.getInt(offset + MassCancelDecoder.tagsEncodingOffset());
    int channel = OrderChecks.has(present, CHANNEL) ? massCancel.tags().userRefIdx() : 0;
    int reason = orElse(massCancel.verdict(), RejectReason.CANCEL_NOT_ALLOWED);
    return refuse(session, channel, massCancel.userRefNum(), reason);
  }

  boolean disable(int session, DirectBuffer buffer, int offset) {
    disable.wrap(
        buffer,
        offset,
        DisableOrderEntryDecoder.BLOCK_LENGTH,
        DisableOrderEntryDecoder.SCHEMA_VERSION);
    int reason = orElse(disable.verdict(), RejectReason.OTHER);
    return refuse(session, disable.userRefIdx(), disable.userRefNum(), reason);
  }

  boolean enable(int session, DirectBuffer buffer, int offset) {
    enable.wrap(
        buffer,
        offset,
        EnableOrderEntryDecoder.BLOCK_LENGTH,
        EnableOrderEntryDecoder.SCHEMA_VERSION);
    int reason = orElse(enable.verdict(), RejectReason.OTHER);
    return refuse(session, enable.userRefIdx(), enable.userRefNum(), reason);
  }

  private static int orElse(int verdict, int reason) {
    return verdict != 0 ? verdict : reason;
  }

  private boolean refuse(int session, int channel, long userRefNum, int reason) {
    if (state.sessions.isNew(session, channel, (int) userRefNum)) {
      state.sessions.consume(session, channel, (int) userRefNum);
      events.rejected(session, channel, userRefNum, reason, BLANKS, BLANKS);
    }
    return true;
  }
}
