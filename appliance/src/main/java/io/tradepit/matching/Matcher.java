package io.tradepit.matching;

import io.tradepit.matching.rules.Continuation;
import io.tradepit.matching.rules.EventWriter;
import io.tradepit.matching.rules.MatchingState;
import io.tradepit.matching.rules.RuleBook;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.LogHash;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The matcher: commands in, events out. One thread; allocates nothing after construction.
 *
 * <p>A step emits at most one call of the sink, of at most 256 events and {@link #MAX_STEP_BYTES}.
 * A command with more leaves a continuation in the state; {@link #resume} until it is complete,
 * before the next command.
 */
public final class Matcher {
  /** The rule version of this build; a day of another one is refused. */
  public static final int RULE_VERSION = MatchingState.RULE_VERSION;

  /** No command is longer, its SBE header included. */
  public static final int MOST_COMMAND_BYTES = Header.MOST_COMMAND_BYTES;

  /** No call of the sink hands over more bytes of events. */
  public static final int MAX_STEP_BYTES = EventWriter.CAPACITY;

  private final MatchingState state;
  private final Header header;
  private final EventWriter events;
  private final RuleBook rules;
  private final EventSink sink;
  private final MessageHeaderDecoder message = new MessageHeaderDecoder();

  /**
   * @param books off-heap, one for each instrument, zeroed = fresh, else the state as it was left
   * @param pages off-heap, likewise, each followed by the next one
   * @throws IllegalArgumentException when memory is not off-heap, or pages do not lie side by side
   * @throws IllegalStateException when the state is of another version or half applied
   */
  public Matcher(StateLayout layout, UnsafeBuffer[] books, UnsafeBuffer[] pages, EventSink sink) {
    this(layout, books, pages, sink, EventWriter.MOST_EVENTS);
  }

  Matcher(
      StateLayout layout, UnsafeBuffer[] books, UnsafeBuffer[] pages, EventSink sink, int limit) {
    this.state = new MatchingState(layout.regions(), books, pages);
    this.header = state.header;
    this.events = new EventWriter(state, limit);
    this.rules = new RuleBook(state, events);
    this.sink = sink;
  }

  /**
   * Applies the next command.
   *
   * @param sequence one above the last
   * @param timeNs since the Unix epoch, not below the last
   * @param offset of the SBE header
   * @param length of SBE header and command, exactly: where the frame's length is damaged it is
   *     another one; all of it counts in the {@link #logHash}
   * @return false when a continuation is left: {@link #resume} before the next command
   * @throws IllegalStateException when the log is not one that this build and layout can apply
   */
  public boolean onCommand(
      long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
    if (sequence != lastSequence() + 1 || timeNs < lastTimeNs() || isContinuing()) {
      throw outOfOrder(sequence, timeNs);
    }
    message.wrap(buffer, offset);
    int blockLength = message.blockLength();
    if (blockLength < OriginDecoder.ENCODED_LENGTH
        || blockLength != length - MessageHeaderDecoder.ENCODED_LENGTH
        || length > MOST_COMMAND_BYTES) {
      throw new IllegalStateException("blockLength=" + blockLength + " length=" + length);
    }
    header.begin(sequence);
    header.counter(Header.LAST_SEQUENCE, sequence);
    header.counter(Header.LAST_TIME_NS, timeNs);
    header.put(Header.NEXT_INDEX, 0);
    header.logHash(LogHash.next(header.logHash(), sequence, timeNs, buffer, offset, length));
    events.clear();
    int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
    return emit(
        state.timers.nextDeadlineNs() > timeNs
            ? rules.apply(message.templateId(), buffer, block)
            : rules.applyBehindTimers(buffer, offset, length));
  }

  private IllegalStateException outOfOrder(long sequence, long timeNs) {
    return new IllegalStateException(
        "sequence="
            + sequence
            + " last="
            + lastSequence()
            + " timeNs="
            + timeNs
            + " lastTimeNs="
            + lastTimeNs()
            + " continuing="
            + isContinuing());
  }

  /** The next step of the command in progress; true when it is complete. */
  public boolean resume() {
    events.clear();
    return emit(rules.resume());
  }

  /** Whether a command is not complete. */
  public boolean isContinuing() {
    return header.get(Header.CONTINUATION) != Continuation.NONE;
  }

  private boolean emit(boolean complete) {
    int count = events.count();
    if (count > 0) {
      int firstIndex = (int) header.get(Header.NEXT_INDEX);
      header.put(Header.NEXT_INDEX, firstIndex + count);
      header.emitted(lastSequence(), firstIndex + count);
      long timeNs = lastTimeNs();
      sink.onEvents(
          lastSequence(),
          timeNs,
          timeNs - header.counter(Header.MIDNIGHT_NS),
          firstIndex,
          count,
          complete,
          events.buffer(),
          0,
          events.length());
    }
    if (complete) {
      header.complete(lastSequence());
    }
    return complete;
  }

  /** The sequence number of the last command, 0 at first. */
  public long lastSequence() {
    return header.counter(Header.LAST_SEQUENCE);
  }

  public long lastTimeNs() {
    return header.counter(Header.LAST_TIME_NS);
  }

  /**
   * Of all commands so far: their sequence numbers, times and bytes, also of those that changed
   * nothing; see {@link LogHash}.
   */
  public long logHash() {
    return header.logHash();
  }

  /** The last command that emitted an event since this memory was made or loaded, 0 = none. */
  public long emittedSequence() {
    return header.emittedSequence();
  }

  /** Events that this command emitted. */
  public int emittedEvents() {
    return header.emittedEvents();
  }

  /** When the next timer is due, since the Unix epoch; Long.MAX_VALUE while there is none. */
  public long nextDeadlineNs() {
    return state.timers.nextDeadlineNs();
  }

  /** Equal for equal states; says nothing of the log, see {@link #logHash}. */
  public long stateHash() {
    return header.hash();
  }

  /** The highest sequence number seen of a gateway, 0 to 255. */
  public long gatewaySequence(int gateway) {
    return header.gatewaySequence(gateway);
  }

  /** The epoch of the session's newest connection, 0 = none yet. */
  public int sessionEpoch(int session) {
    return state.sessions.epoch(session);
  }

  public boolean isSessionConnected(int session) {
    return state.sessions.is(session, Sessions.CONNECTED);
  }

  /** Messages in the session's stream so far. */
  public long sessionMessages(int session) {
    return state.sessions.messagesAssigned(session);
  }

  public int sessionOpenOrders(int session) {
    return state.sessions.openOrders(session);
  }

  public boolean isDayOpen() {
    return header.dayState() == Header.OPEN || isTrading();
  }

  public boolean isTrading() {
    return header.dayState() == Header.TRADING;
  }

  public boolean isDayClosed() {
    return header.dayState() == Header.CLOSED;
  }

  /** The trading day as yyyymmdd, 0 before the first. */
  public int date() {
    return (int) header.counter(Header.DATE);
  }

  /** Midnight of the trading day, since the Unix epoch. */
  public long midnightNs() {
    return header.counter(Header.MIDNIGHT_NS);
  }

  /** The instrument of a symbol (eight bytes, big-endian), or 0. */
  public int instrument(long symbol) {
    return state.instruments.find(symbol);
  }

  /** Instruments that are listed; they are numbered from 1. */
  public int instruments() {
    return state.instruments.count();
  }

  /** The symbol of an instrument, eight bytes, big-endian. */
  public long symbol(int instrument) {
    return state.instruments.symbol(instrument);
  }

  public boolean isHalted(int instrument) {
    return state.instruments.state(instrument) == 'H';
  }

  /** Whether a session has this id. */
  public boolean isSessionDefined(int session) {
    return state.sessions.is(session, Sessions.DEFINED);
  }

  /** The username of a session: six space-padded bytes, the first one lowest. */
  public long username(int session) {
    return state.sessions.usernameAndGateway(session) & 0xFFFF_FFFF_FFFFL;
  }

  /** The session of a username (six space-padded bytes, the first one lowest), or -1. */
  public int session(long username) {
    return state.sessions.find(username);
  }

  /** Orders in all books. */
  public int ordersInUse() {
    return state.orders.pool().inUse();
  }

  /** Price levels in all books. */
  public int levelsInUse() {
    return state.books.levelsInUse();
  }

  /** Messages in the feed so far. */
  public long feedMessages() {
    return header.counter(Header.FEED_NUMBER);
  }

  /** Commands of members that came from a connection that is not the current one. */
  public long staleCommands() {
    return header.counter(Header.STALE_COMMANDS);
  }

  /** For snapshots and tests; between two commands only. */
  MatchingState state() {
    return state;
  }
}
