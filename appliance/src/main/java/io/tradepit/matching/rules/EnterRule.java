package io.tradepit.matching.rules;

import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.protocol.sbe.EnterOrderDecoder;
import io.tradepit.protocol.sbe.TagsDecoder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/** Enter Order (RULES.md 4). */
final class EnterRule {
  private static final int BLANK_FIRM = 0x20202020;
  private static final int CL_ORD_ID = EnterOrderDecoder.clOrdIdEncodingOffset();
  private static final int TAGS = EnterOrderDecoder.tagsEncodingOffset();
  private static final int FIRM = TAGS + TagsDecoder.firmEncodingOffset();

  private final MatchingState state;
  private final EventWriter events;
  private final Execution execution;
  private final EnterOrderDecoder enter = new EnterOrderDecoder();
  private final UnsafeBuffer details = new UnsafeBuffer(0, 0);
  private int instrument;
  private int firm;

  EnterRule(MatchingState state, EventWriter events, Execution execution) {
    this.state = state;
    this.events = events;
    this.execution = execution;
  }

  boolean apply(int session, DirectBuffer buffer, int offset) {
    enter.wrap(buffer, offset, EnterOrderDecoder.BLOCK_LENGTH, EnterOrderDecoder.SCHEMA_VERSION);
    TagsDecoder tags = enter.tags();
    int present = buffer.getInt(offset + TAGS);
    int channel = OrderChecks.has(present, 28) ? tags.userRefIdx() : 0;
    int userRefNum = (int) enter.userRefNum();
    if (!state.sessions.isNew(session, channel, userRefNum)) {
      return true;
    }
    state.sessions.consume(session, channel, userRefNum);
    int reason = check(session, tags, present, buffer, offset);
    if (reason != RejectReason.NONE) {
      int clOrdId = offset + CL_ORD_ID;
      events.rejected(
          session,
          channel,
          enter.userRefNum(),
          reason,
          buffer.getLong(clOrdId),
          buffer.getLong(clOrdId + OrderLine.CL_ORD_ID_LAST));
      return true;
    }
    return accept(session, channel, buffer, offset);
  }

  private int check(int session, TagsDecoder tags, int present, DirectBuffer buffer, int offset) {
    instrument = state.instruments.find(enter.symbol());
    int reason = venue(session);
    if (reason == RejectReason.NONE) {
      reason = terms();
    }
    if (reason == RejectReason.NONE) {
      reason = firm(session, present, buffer, offset);
    }
    if (reason == RejectReason.NONE) {
      reason = OrderChecks.tags(tags, present);
    }
    return reason == RejectReason.NONE ? capacity(session) : reason;
  }

  private int venue(int session) {
    if (enter.verdict() != 0) {
      return enter.verdict();
    }
    if (state.header.dayState() != Header.TRADING) {
      return RejectReason.CLOSED;
    }
    if (instrument != 0 && state.instruments.state(instrument) != 'T') {
      return RejectReason.HALTED;
    }
    return state.sessions.is(session, Sessions.DISABLED) ? RejectReason.FIRM : RejectReason.NONE;
  }

  private int terms() {
    if (!OrderChecks.isSide(enter.side())) {
      return RejectReason.SIDE;
    }
    int lot = instrument == 0 ? 1 : state.instruments.lot(instrument);
    if (!OrderChecks.isQuantity(enter.quantity(), lot)) {
      return RejectReason.QUANTITY;
    }
    if (instrument == 0) {
      return RejectReason.SYMBOL;
    }
    int reason = OrderChecks.price(enter.price(), state.instruments.tick(instrument));
    return reason == RejectReason.NONE ? manner() : reason;
  }

  private int manner() {
    if (!OrderChecks.isTimeInForce(enter.timeInForce())) {
      return RejectReason.OTHER;
    }
    if (!OrderChecks.isDisplay(enter.display())) {
      return RejectReason.DISPLAY;
    }
    if (!OrderChecks.isCapacity(enter.capacity())) {
      return RejectReason.OTHER;
    }
    return enter.interMarketSweep() == 'N'
        ? OrderChecks.cross(enter.crossType())
        : RejectReason.SWEEP;
  }

  private int firm(int session, int present, DirectBuffer buffer, int offset) {
    int sent = OrderChecks.has(present, 2) ? buffer.getInt(offset + FIRM) : BLANK_FIRM;
    int index = state.sessions.firmIndex(session, sent);
    if (index < 0 || state.sessions.isFirmDisabled(session, index)) {
      return RejectReason.FIRM;
    }
    firm = state.sessions.firm(session, index);
    return RejectReason.NONE;
  }

  private int capacity(int session) {
    if (state.sessions.openOrders(session) >= state.regions.maxOpenOrdersOfSession) {
      return RejectReason.OTHER;
    }
    if (state.orders.pool().exhausted()) {
      return RejectReason.PROCESSING;
    }
    int side = Execution.sideOf(enter.side());
    return enter.timeInForce() == '0'
            && !state.books.book(instrument).hasRoom(side, (int) enter.price())
        ? RejectReason.PROCESSING
        : RejectReason.NONE;
  }

  private boolean accept(int session, int channel, DirectBuffer buffer, int offset) {
    int order = state.orders.pool().allocate();
    long line = state.orders.line(order);
    write(line, session, channel, Tags.group(buffer, offset + TAGS));
    writeDetails(state.orders.details(order), buffer, offset);
    boolean rests = execution.restsAtOnce(line);
    events.accepted(order, rests, buffer, offset + TAGS);
    if (rests) {
      execution.rest(order);
      return true;
    }
    return execution.match(order);
  }

  private void write(long line, int session, int channel, short group) {
    UnsafeApi.putLong(line + OrderLine.ORDER_NUMBER, state.header.next(Header.ORDER_NUMBER));
    UnsafeApi.putInt(line + OrderLine.PRICE, (int) enter.price());
    UnsafeApi.putInt(line + OrderLine.REMAINING, (int) enter.quantity());
    UnsafeApi.putInt(line + OrderLine.EXECUTED, 0);
    UnsafeApi.putInt(line + OrderLine.CHAIN_EXECUTED, 0);
    UnsafeApi.putInt(line + OrderLine.LEVEL, 0);
    UnsafeApi.putInt(line + OrderLine.USER_REF_NUM, (int) enter.userRefNum());
    UnsafeApi.putShort(line + OrderLine.SESSION, (short) session);
    UnsafeApi.putShort(line + OrderLine.INSTRUMENT, (short) instrument);
    UnsafeApi.putByte(line + OrderLine.CHANNEL, (byte) channel);
    UnsafeApi.putByte(line + OrderLine.SIDE, enter.side());
    UnsafeApi.putByte(line + OrderLine.TIME_IN_FORCE, enter.timeInForce());
    UnsafeApi.putByte(line + OrderLine.DISPLAY, enter.display());
    UnsafeApi.putByte(line + OrderLine.CAPACITY, enter.capacity());
    UnsafeApi.putByte(line + OrderLine.SWEEP, enter.interMarketSweep());
    UnsafeApi.putShort(line + OrderLine.GROUP, group);
  }

  private void writeDetails(long at, DirectBuffer buffer, int offset) {
    int clOrdId = offset + CL_ORD_ID;
    UnsafeApi.putLong(at + OrderLine.CL_ORD_ID, buffer.getLong(clOrdId));
    UnsafeApi.putLong(
        at + OrderLine.CL_ORD_ID_LAST, buffer.getLong(clOrdId + OrderLine.CL_ORD_ID_LAST));
    UnsafeApi.putInt(at + OrderLine.FIRM, firm);
    int present = buffer.getInt(offset + TAGS) & Tags.ENTER;
    UnsafeApi.putInt(at + OrderLine.TAGS, 0);
    // Bytes of tags that are not present mean nothing, so an order without tags costs one line.
    if (present != 0) {
      details.wrap(at + OrderLine.TAGS, Tags.LENGTH);
      Tags.copy(buffer, offset + TAGS, Tags.ENTER, details, 0);
    }
  }
}
