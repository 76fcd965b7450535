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
 * that meet every criterion. A step looks at a bounded number of orders.
 *
 * <p>An event is written only when it is known whether another one follows, so that the last step
 * has one: first the answer, for which the command is kept, then each order that is hit.
 *
 * <p>In the header's cursors while it goes on: A the order that is hit and waits, or {@link
 * #ANSWER}; E the order to look at next; B and C what the eight bytes from {@link
 * OrderLine#CHANNEL} on must be, and which of their bits count; D the firm in the lower, the
 * instrument (0 = any) in the upper 32 bits.
 */
final class MassCancelRule {
  private static final int ANSWER = -1;
  private static final int LOOKS_OF_AN_EVENT = 16;
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
  private final WaitingCommand waiting;
  private final int looksOfAStep;
  private final MassCancelDecoder massCancel = new MassCancelDecoder();
  private TagsDecoder tags;
  private int present;
  private int firm;
  private int instrument;

  MassCancelRule(
      MatchingState state, EventWriter events, Execution execution, WaitingCommand waiting) {
    this.state = state;
    this.header = state.header;
    this.sessions = state.sessions;
    this.openOrders = state.openOrders;
    this.events = events;
    this.execution = execution;
    this.waiting = waiting;
    this.looksOfAStep = LOOKS_OF_AN_EVENT * events.limit();
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
    begin(session, channel);
    int start = offset - WaitingCommand.BLOCK;
    waiting.keep(buffer, start, WaitingCommand.BLOCK + MassCancelDecoder.BLOCK_LENGTH);
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
    header.put(Header.CURSOR_A, ANSWER);
    header.put(Header.CURSOR_E, sessions.oldest(session));
  }

  boolean resume() {
    int order = (int) header.get(Header.CURSOR_A);
    int next = (int) header.get(Header.CURSOR_E);
    int looks = looksOfAStep;
    while (!events.full()) {
      while (next != 0 && !isHit(next) && looks > 0) {
        next = openOrders.newer(next);
        looks--;
      }
      if (looks == 0) {
        break;
      }
      write(order);
      if (next == 0) {
        return Continuation.end(header);
      }
      order = next;
      next = openOrders.newer(next);
    }
    header.put(Header.CURSOR_A, order);
    header.put(Header.CURSOR_E, next);
    return false;
  }

  private void write(int order) {
    if (order == ANSWER) {
      massCancel.wrap(
          waiting.buffer,
          WaitingCommand.BLOCK,
          MassCancelDecoder.BLOCK_LENGTH,
          MassCancelDecoder.SCHEMA_VERSION);
      events.massCanceled(massCancel.origin().sessionId(), massCancel);
    } else {
      execution.cancel(order, 'U');
    }
  }

  // The firm comes last: it stands in the order's details, which a miss should not touch.
  private boolean isHit(int order) {
    long wanted = header.get(Header.CURSOR_B);
    long counts = header.get(Header.CURSOR_C);
    long place = header.get(Header.CURSOR_D);
    long line = state.orders.line(order);
    int asked = (int) (place >>> 32);
    return (UnsafeApi.getLong(line + OrderLine.CHANNEL) & counts) == wanted
        && (asked == 0 || (UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF) == asked)
        && UnsafeApi.getInt(state.orders.details(order) + OrderLine.FIRM) == (int) place;
  }
}
