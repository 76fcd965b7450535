package io.tradepit.matching.rules;

import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.protocol.sbe.ReplaceOrderDecoder;
import io.tradepit.protocol.sbe.TagsDecoder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/** Replace Order and its four outcomes (RULES.md 6). */
final class ReplaceRule {
  private static final int CL_ORD_ID = ReplaceOrderDecoder.clOrdIdEncodingOffset();
  private static final int TAGS = ReplaceOrderDecoder.tagsEncodingOffset();

  private final MatchingState state;
  private final EventWriter events;
  private final Execution execution;
  private final ReplaceOrderDecoder replace = new ReplaceOrderDecoder();
  private final UnsafeBuffer details = new UnsafeBuffer(0, 0);
  private TagsDecoder tags;
  private int present;

  ReplaceRule(MatchingState state, EventWriter events, Execution execution) {
    this.state = state;
    this.events = events;
    this.execution = execution;
  }

  boolean apply(int session, DirectBuffer buffer, int offset) {
    replace.wrap(
        buffer, offset, ReplaceOrderDecoder.BLOCK_LENGTH, ReplaceOrderDecoder.SCHEMA_VERSION);
    tags = replace.tags();
    present = buffer.getInt(offset + TAGS);
    int channel = OrderChecks.has(present, 28) ? tags.userRefIdx() : 0;
    int order = state.openOrders.find(session, channel, (int) replace.origUserRefNum());
    int userRefNum = (int) replace.userRefNum();
    if (order == 0 || !state.sessions.isNew(session, channel, userRefNum)) {
      return true;
    }
    long line = state.orders.line(order);
    int reason = refusal(session, order, line);
    if (reason == RejectReason.NONE && !isValid(line)) {
      execution.cancel(order, 'U');
      return true;
    }
    if (reason == RejectReason.NONE) {
      reason = levelRefusal(order, line);
    }
    state.sessions.consume(session, channel, userRefNum);
    if (reason != RejectReason.NONE) {
      reject(session, channel, reason, buffer, offset + CL_ORD_ID);
      return true;
    }
    return replace(order, line, buffer, offset);
  }

  private void reject(int session, int channel, int reason, DirectBuffer buffer, int clOrdId) {
    events.rejected(
        session,
        channel,
        replace.userRefNum(),
        reason,
        buffer.getLong(clOrdId),
        buffer.getLong(clOrdId + OrderLine.CL_ORD_ID_LAST));
  }

  private int refusal(int session, int order, long line) {
    if (replace.verdict() != 0) {
      return replace.verdict();
    }
    if (state.sessions.is(session, Sessions.DISABLED) || isFirmDisabled(session, order)) {
      return RejectReason.FIRM;
    }
    return state.instruments.state(instrumentOf(line)) == 'T'
        ? RejectReason.NONE
        : RejectReason.HALTED;
  }

  private boolean isFirmDisabled(int session, int order) {
    int firm = UnsafeApi.getInt(state.orders.details(order) + OrderLine.FIRM);
    return state.sessions.isFirmDisabled(session, state.sessions.firmIndex(session, firm));
  }

  private boolean isValid(long line) {
    int instrument = instrumentOf(line);
    long quantity = replace.quantity();
    return OrderChecks.isQuantity(quantity, state.instruments.lot(instrument))
        && quantity > UnsafeApi.getInt(line + OrderLine.CHAIN_EXECUTED)
        && OrderChecks.price(replace.price(), state.instruments.tick(instrument))
            == RejectReason.NONE
        && OrderChecks.isTimeInForce(replace.timeInForce())
        && OrderChecks.isDisplay(replace.display())
        && replace.interMarketSweep() == 'N'
        && isSideKept(UnsafeApi.getByte(line + OrderLine.SIDE))
        && OrderChecks.tags(tags, present & Tags.REPLACE) == RejectReason.NONE;
  }

  private boolean isSideKept(byte side) {
    return !OrderChecks.has(present, 27)
        || tags.side() == side
        || (OrderChecks.isSell(tags.side()) && OrderChecks.isSell(side));
  }

  /** The original's level is free again when it is alone there. */
  private int levelRefusal(int order, long line) {
    OrderBook book = execution.bookOf(line);
    return replace.timeInForce() != '0'
            || book.hasRoom(Execution.sideOf(line), (int) replace.price())
            || book.alone(order)
        ? RejectReason.NONE
        : RejectReason.PROCESSING;
  }

  private static int instrumentOf(long line) {
    return UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF;
  }

  private boolean replace(int order, long line, DirectBuffer buffer, int offset) {
    long origOrderNumber = UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER);
    execution.withdraw(order);
    write(line);
    writeDetails(state.orders.details(order), buffer, offset);
    boolean rests = execution.restsAtOnce(line);
    events.replaced(order, origOrderNumber, replace.origUserRefNum(), rests, buffer, offset + TAGS);
    if (rests) {
      execution.rest(order);
      return true;
    }
    return execution.match(order);
  }

  private void write(long line) {
    int chainExecuted = UnsafeApi.getInt(line + OrderLine.CHAIN_EXECUTED);
    UnsafeApi.putLong(line + OrderLine.ORDER_NUMBER, state.header.next(Header.ORDER_NUMBER));
    UnsafeApi.putInt(line + OrderLine.PRICE, (int) replace.price());
    UnsafeApi.putInt(line + OrderLine.REMAINING, (int) replace.quantity() - chainExecuted);
    UnsafeApi.putInt(line + OrderLine.EXECUTED, 0);
    UnsafeApi.putInt(line + OrderLine.USER_REF_NUM, (int) replace.userRefNum());
    UnsafeApi.putByte(line + OrderLine.TIME_IN_FORCE, replace.timeInForce());
    UnsafeApi.putByte(line + OrderLine.DISPLAY, replace.display());
    UnsafeApi.putByte(line + OrderLine.SWEEP, replace.interMarketSweep());
    if (OrderChecks.has(present, 27)) {
      UnsafeApi.putByte(line + OrderLine.SIDE, tags.side());
    }
  }

  private void writeDetails(long at, DirectBuffer buffer, int offset) {
    int clOrdId = offset + CL_ORD_ID;
    UnsafeApi.putLong(at + OrderLine.CL_ORD_ID, buffer.getLong(clOrdId));
    UnsafeApi.putLong(
        at + OrderLine.CL_ORD_ID_LAST, buffer.getLong(clOrdId + OrderLine.CL_ORD_ID_LAST));
    details.wrap(at + OrderLine.TAGS, Tags.LENGTH);
    Tags.clear(Tags.NOT_INHERITED, details, 0);
    Tags.overlay(buffer, offset + TAGS, Tags.REPLACE, details, 0);
  }
}
