package io.tradepit.matching.rules;

import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Regions;
import io.tradepit.protocol.sbe.CloseDayDecoder;
import io.tradepit.protocol.sbe.DefineInstrumentDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.protocol.sbe.SetTradingStateDecoder;
import io.tradepit.protocol.sbe.StartTradingDecoder;
import org.agrona.DirectBuffer;

/** The day and its instruments (RULES.md 2). */
final class DayRule {
  private static final int MARKET_CLOSED = 0;
  private static final int CANCELING = 1;
  private static final int NOTIFYING = 2;
  private static final int SYSTEM_HOURS_ENDED = 3;
  private static final int MESSAGES_ENDED = 4;
  private static final int DAY_CLOSED = 5;
  private static final int ANSWERING = 6;
  private static final int DONE = 7;

  private final MatchingState state;
  private final Header header;
  private final EventWriter events;
  private final Execution execution;
  private final OpenDayDecoder open = new OpenDayDecoder();
  private final DefineInstrumentDecoder define = new DefineInstrumentDecoder();
  private final StartTradingDecoder start = new StartTradingDecoder();
  private final CloseDayDecoder close = new CloseDayDecoder();
  private final SetTradingStateDecoder set = new SetTradingStateDecoder();

  DayRule(MatchingState state, EventWriter events, Execution execution) {
    this.state = state;
    this.header = state.header;
    this.events = events;
    this.execution = execution;
  }

  boolean open(DirectBuffer buffer, int offset) {
    open.wrap(buffer, offset, OpenDayDecoder.BLOCK_LENGTH, OpenDayDecoder.SCHEMA_VERSION);
    requireSame();
    if (header.dayState() != Header.NO_DAY) {
      boolean same = header.counter(Header.DATE) == open.date();
      events.adminCompleted(open.correlationId(), 0, same ? 'N' : 'X');
      return true;
    }
    header.counter(Header.DAY_STATE, Header.OPEN);
    header.counter(Header.DATE, open.date());
    header.counter(Header.MIDNIGHT_NS, open.midnightNs());
    events.dayOpened(buffer, offset + OpenDayDecoder.streamSessionEncodingOffset());
    events.feedNotified('O');
    events.adminCompleted(open.correlationId(), 1, 'Y');
    return true;
  }

  private void requireSame() {
    Regions regions = state.regions;
    requireSame("maxOrders", open.maxOrders(), regions.maxOrders);
    requireSame("maxLevels", open.maxLevels(), regions.maxLevels);
    requireSame(
        "maxOpenOrdersOfSession", open.maxOpenOrdersOfSession(), regions.maxOpenOrdersOfSession);
    requireSame("maxInstruments", open.maxInstruments(), regions.maxInstruments);
    requireSame("maxSessions", open.maxSessions(), regions.maxSessions);
    requireSame("ruleVersion", open.ruleVersion(), MatchingState.RULE_VERSION);
  }

  private static void requireSame(String name, long logged, long here) {
    if (logged != here) {
      throw new IllegalStateException(name + " logged=" + logged + " here=" + here);
    }
  }

  boolean define(DirectBuffer buffer, int offset) {
    define.wrap(
        buffer,
        offset,
        DefineInstrumentDecoder.BLOCK_LENGTH,
        DefineInstrumentDecoder.SCHEMA_VERSION);
    char result = definition();
    if (result == 'Y') {
      int instrument =
          state.instruments.define(
              define.symbol(), define.tick(), define.referencePrice(), (int) define.lot());
      events.instrumentListed(instrument);
      events.tradingStateChanged(instrument);
    }
    events.adminCompleted(define.correlationId(), result == 'Y' ? 1 : 0, result);
    return true;
  }

  private char definition() {
    boolean valid =
        define.tick() > 0 && define.lot() >= 1 && define.lot() <= OrderChecks.MOST_QUANTITY;
    if (!state.dayIsOpen() || !valid) {
      return 'X';
    }
    int instrument = state.instruments.find(define.symbol());
    if (instrument != 0) {
      boolean equal =
          state.instruments.equal(
              instrument, define.tick(), define.referencePrice(), (int) define.lot());
      return equal ? 'N' : 'X';
    }
    return state.instruments.count() < state.books.capacity() ? 'Y' : 'X';
  }

  boolean startTrading(DirectBuffer buffer, int offset) {
    start.wrap(
        buffer, offset, StartTradingDecoder.BLOCK_LENGTH, StartTradingDecoder.SCHEMA_VERSION);
    int day = header.dayState();
    if (day == Header.OPEN) {
      header.counter(Header.DAY_STATE, Header.TRADING);
      events.feedNotified('S');
      events.feedNotified('Q');
      events.adminCompleted(start.correlationId(), 1, 'Y');
    } else {
      events.adminCompleted(start.correlationId(), 0, day == Header.TRADING ? 'N' : 'X');
    }
    return true;
  }

  boolean setTradingState(DirectBuffer buffer, int offset) {
    set.wrap(
        buffer, offset, SetTradingStateDecoder.BLOCK_LENGTH, SetTradingStateDecoder.SCHEMA_VERSION);
    int instrument = state.instruments.find(set.symbol());
    int reason = buffer.getInt(offset + SetTradingStateDecoder.reasonEncodingOffset());
    byte wanted = set.tradingState();
    char result = 'Y';
    if (!state.dayIsOpen() || instrument == 0 || (wanted != 'T' && wanted != 'H')) {
      result = 'X';
    } else if (state.instruments.state(instrument) == wanted
        && state.instruments.reason(instrument) == reason) {
      result = 'N';
    } else {
      state.instruments.state(instrument, wanted, reason);
      events.tradingStateChanged(instrument);
    }
    events.adminCompleted(set.correlationId(), result == 'Y' ? 1 : 0, result);
    return true;
  }

  boolean close(DirectBuffer buffer, int offset) {
    close.wrap(buffer, offset, CloseDayDecoder.BLOCK_LENGTH, CloseDayDecoder.SCHEMA_VERSION);
    if (!state.dayIsOpen()) {
      boolean closed = header.dayState() == Header.CLOSED;
      events.adminCompleted(close.correlationId(), 0, closed ? 'N' : 'X');
      return true;
    }
    Continuation.begin(header, Continuation.CLOSE_DAY, close.correlationId());
    return resumeClose();
  }

  /** Cursor A is the phase; B the next instrument, C the next session. */
  boolean resumeClose() {
    int phase = (int) header.get(Header.CURSOR_A);
    while (phase != DONE && advance(phase)) {
      phase = next(phase);
      header.put(Header.CURSOR_A, phase);
    }
    return phase == DONE && Continuation.end(header);
  }

  /** Nobody who asked is waiting: the day is done without an answer. */
  private int next(int phase) {
    boolean unasked = phase == DAY_CLOSED && header.get(Header.CORRELATION_ID) == 0;
    return unasked ? DONE : phase + 1;
  }

  private boolean advance(int phase) {
    if (phase == CANCELING) {
      return cancelAll();
    }
    if (phase == NOTIFYING) {
      return notifySessions();
    }
    if (events.full()) {
      return false;
    }
    emit(phase);
    return true;
  }

  private void emit(int phase) {
    switch (phase) {
      case MARKET_CLOSED -> events.feedNotified('M');
      case SYSTEM_HOURS_ENDED -> events.feedNotified('E');
      case MESSAGES_ENDED -> events.feedNotified('C');
      case DAY_CLOSED -> {
        header.counter(Header.DAY_STATE, Header.CLOSED);
        events.dayClosed();
      }
      case ANSWERING ->
          events.adminCompleted(header.get(Header.CORRELATION_ID), header.get(Header.TOUCHED), 'Y');
      default -> throw new IllegalStateException("phase=" + phase);
    }
  }

  private boolean cancelAll() {
    int last = state.instruments.count();
    int instrument = (int) header.get(Header.CURSOR_B) + 1;
    while (instrument <= last) {
      OrderBook book = state.books.book(instrument);
      if (!cancelSide(book, OrderBook.BID) || !cancelSide(book, OrderBook.ASK)) {
        return false;
      }
      header.put(Header.CURSOR_B, instrument);
      instrument++;
    }
    return true;
  }

  private boolean cancelSide(OrderBook book, int side) {
    int best = book.best(side);
    while (best != 0) {
      if (events.full()) {
        return false;
      }
      execution.cancel(best, 'E');
      header.put(Header.TOUCHED, header.get(Header.TOUCHED) + 1);
      best = book.best(side);
    }
    return true;
  }

  private boolean notifySessions() {
    for (int i = (int) header.get(Header.CURSOR_C); i < state.sessions.capacity(); i++) {
      if (state.sessions.is(i, Sessions.DEFINED)) {
        if (events.full()) {
          return false;
        }
        state.timers.clear(i);
        events.sessionNotified(i, 'E');
      }
      header.put(Header.CURSOR_C, i + 1);
    }
    return true;
  }
}
