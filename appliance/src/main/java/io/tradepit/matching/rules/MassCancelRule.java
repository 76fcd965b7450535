package io.tradepit.matching.rules;

import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.session.OpenOrders;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.protocol.sbe.MassCancelDecoder;
import io.tradepit.protocol.sbe.TagsDecoder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Mass Cancel (RULES.md 8): walks the open orders of the session, oldest first, and cancels those
 * that meet every criterion.
 *
 * <p>Criteria in the header's cursors while it goes on: A the next order that is hit; B and C what
 * the eight bytes from {@link OrderLine#CHANNEL} on must be, and which of their bits count; D the
 * firm in the lower, the instrument (0 = any) in the upper 32 bits.
 */
final class MassCancelRule {
  private static final long ALL_SYMBOLS = 0x2020202020202020L;
  private static final int FIRM = MassCancelDecoder.firmEncodingOffset();
  private static final int TAGS = MassCancelDecoder.tagsEncodingOffset();
  private static final int GROUP_TAG = 24;
  private static final int SIDE_TAG = 27;
  private static final int CHANNEL_TAG = 28;
  private static final int SIDE_SHIFT = Byte.SIZE * (OrderLine.SIDE - OrderLine.CHANNEL);
  private static final int GROUP_SHIFT = Byte.SIZE * (OrderLine.GROUP - OrderLine.CHANNEL);

  private final MatchingState state;
  private final Header header;
  private final Sessions sessions;
  private final OpenOrders openOrders;
  private final EventWriter events;
  private final Execution execution;
  private final MassCancelDecoder massCancel = new MassCancelDecoder();
  private TagsDecoder tags;
  private int present;
  private int firm;
  private int instrument;

  MassCancelRule(MatchingState state, EventWriter events, Execution execution) {
    this.state = state;
    this.header = state.header;
    this.sessions = state.sessions;
    this.openOrders = state.openOrders;
    this.events = events;
    this.execution = execution;
  }

  boolean apply(int session, DirectBuffer buffer, int offset) {
    massCancel.wrap(
        buffer, offset, MassCancelDecoder.BLOCK_LENGTH, MassCancelDecoder.SCHEMA_VERSION);
    tags = massCancel.tags();
    present = buffer.getInt(offset + TAGS);
    int channel = OrderChecks.has(present, CHANNEL_TAG) ? tags.userRefIdx() : 0;
    int userRefNum = (int) massCancel.userRefNum();
    if (!sessions.isNew(session, channel, userRefNum)) {
      return true;
    }
    sessions.consume(session, channel, userRefNum);
    int reason = check(session, buffer.getInt(offset + FIRM));
    if (reason != RejectReason.NONE) {
      events.rejected(session, channel, massCancel.userRefNum(), reason);
      return true;
    }
    events.massCanceled(session, massCancel);
    begin(session, channel);
    return resume();
  }

  private int check(int session, int sentFirm) {
    if (massCancel.verdict() != 0) {
      return massCancel.verdict();
    }
    int index = sessions.firmIndex(session, sentFirm);
    if (index < 0) {
      return RejectReason.FIRM;
    }
    firm = sessions.firm(session, index);
    boolean all = massCancel.symbol() == ALL_SYMBOLS;
    instrument = all ? 0 : state.instruments.find(massCancel.symbol());
    if (instrument == 0 && !all) {
      return RejectReason.SYMBOL;
    }
    boolean anySide = !OrderChecks.has(present, SIDE_TAG);
    return anySide || OrderChecks.isSide(tags.side()) ? RejectReason.NONE : RejectReason.SIDE;
  }

  private void begin(int session, int channel) {
    long wanted = channel;
    long counts = 0xFF;
    if (OrderChecks.has(present, SIDE_TAG)) {
      wanted |= (long) tags.side() << SIDE_SHIFT;
      counts |= 0xFFL << SIDE_SHIFT;
    }
    if (OrderChecks.has(present, GROUP_TAG)) {
      wanted |= (long) tags.groupId() << GROUP_SHIFT;
      counts |= 0xFFFFL << GROUP_SHIFT;
    }
    Continuation.begin(header, Continuation.MASS_CANCEL, 0);
    header.put(Header.CURSOR_B, wanted);
    header.put(Header.CURSOR_C, counts);
    header.put(Header.CURSOR_D, (long) instrument << 32 | Integer.toUnsignedLong(firm));
    header.put(Header.CURSOR_A, firstHit(sessions.oldest(session)));
  }

  /** A step ends at an order that is hit, so that the last one has an event too. */
  boolean resume() {
    int order = (int) header.get(Header.CURSOR_A);
    while (order != 0 && !events.full()) {
      int newer = openOrders.newer(order);
      execution.cancel(order, 'U');
      order = firstHit(newer);
    }
    header.put(Header.CURSOR_A, order);
    return order == 0 && Continuation.end(header);
  }

  /** The first order from this one on that meets the criteria, or 0. */
  private int firstHit(int from) {
    long wanted = header.get(Header.CURSOR_B);
    long counts = header.get(Header.CURSOR_C);
    long place = header.get(Header.CURSOR_D);
    int order = from;
    while (order != 0 && !isHit(order, wanted, counts, place)) {
      order = openOrders.newer(order);
    }
    return order;
  }

  // The firm comes last: it stands in the order's details, which a miss should not touch.
  private boolean isHit(int order, long wanted, long counts, long place) {
    long line = state.orders.line(order);
    int asked = (int) (place >>> 32);
    return (UnsafeApi.getLong(line + OrderLine.CHANNEL) & counts) == wanted
        && (asked == 0 || (UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF) == asked)
        && UnsafeApi.getInt(state.orders.details(order) + OrderLine.FIRM) == (int) place;
  }
}
