package io.tradepit.matching.rules;

import io.tradepit.matching.book.Instruments;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.state.Header;
import io.tradepit.protocol.sbe.AccountQueriedEncoder;
import io.tradepit.protocol.sbe.AdminCompletedEncoder;
import io.tradepit.protocol.sbe.DayClosedEncoder;
import io.tradepit.protocol.sbe.DayOpenedEncoder;
import io.tradepit.protocol.sbe.FeedNotifiedEncoder;
import io.tradepit.protocol.sbe.InstrumentListedEncoder;
import io.tradepit.protocol.sbe.MassCancelDecoder;
import io.tradepit.protocol.sbe.MassCanceledEncoder;
import io.tradepit.protocol.sbe.OrderAcceptedEncoder;
import io.tradepit.protocol.sbe.OrderCanceledEncoder;
import io.tradepit.protocol.sbe.OrderEntryDisabledEncoder;
import io.tradepit.protocol.sbe.OrderEntryEnabledEncoder;
import io.tradepit.protocol.sbe.OrderExecutedEncoder;
import io.tradepit.protocol.sbe.OrderModifiedEncoder;
import io.tradepit.protocol.sbe.OrderRejectedEncoder;
import io.tradepit.protocol.sbe.OrderReplacedEncoder;
import io.tradepit.protocol.sbe.OrderRestedEncoder;
import io.tradepit.protocol.sbe.SessionConnectedEncoder;
import io.tradepit.protocol.sbe.SessionControlledEncoder;
import io.tradepit.protocol.sbe.SessionDefinedEncoder;
import io.tradepit.protocol.sbe.SessionDisconnectedEncoder;
import io.tradepit.protocol.sbe.SessionNotifiedEncoder;
import io.tradepit.protocol.sbe.SessionOrdersCanceledEncoder;
import io.tradepit.protocol.sbe.SessionRefusedEncoder;
import io.tradepit.protocol.sbe.StateReportedEncoder;
import io.tradepit.protocol.sbe.TradingStateChangedEncoder;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The events of the step in progress, in a buffer made once. Numbers of messages are assigned in
 * the order in which the events are written.
 */
public final class EventWriter {
  /** Bytes of the buffer; a step of {@link #MOST_EVENTS} of the longest event fits. */
  public static final int CAPACITY = 48 * 1024;

  public static final int MOST_EVENTS = 256;
  private static final int SBE_HEADER = 8;
  private static final long BLANKS = 0x2020202020202020L;
  private static final long SCHEMA =
      ((long) OrderAcceptedEncoder.SCHEMA_VERSION << 48)
          | ((long) OrderAcceptedEncoder.SCHEMA_ID << 32);

  private final UnsafeBuffer buffer =
      new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + BitUtil.CACHE_LINE_LENGTH));
  private final MatchingState state;
  private final Header header;
  private final Instruments instruments;
  private final int limit;
  private final OrderAcceptedEncoder accepted = new OrderAcceptedEncoder();
  private final OrderRestedEncoder rested = new OrderRestedEncoder();
  private final OrderReplacedEncoder replaced = new OrderReplacedEncoder();
  private final OrderCanceledEncoder canceled = new OrderCanceledEncoder();
  private final OrderExecutedEncoder executed = new OrderExecutedEncoder();
  private final OrderRejectedEncoder rejected = new OrderRejectedEncoder();
  private final OrderModifiedEncoder modified = new OrderModifiedEncoder();
  private final AccountQueriedEncoder accountQueried = new AccountQueriedEncoder();
  private final MassCanceledEncoder massCanceled = new MassCanceledEncoder();
  private final OrderEntryDisabledEncoder orderEntryDisabled = new OrderEntryDisabledEncoder();
  private final OrderEntryEnabledEncoder orderEntryEnabled = new OrderEntryEnabledEncoder();
  private final SessionNotifiedEncoder sessionNotified = new SessionNotifiedEncoder();
  private final DayOpenedEncoder dayOpened = new DayOpenedEncoder();
  private final FeedNotifiedEncoder feedNotified = new FeedNotifiedEncoder();
  private final InstrumentListedEncoder instrumentListed = new InstrumentListedEncoder();
  private final TradingStateChangedEncoder tradingStateChanged = new TradingStateChangedEncoder();
  private final DayClosedEncoder dayClosed = new DayClosedEncoder();
  private final SessionDefinedEncoder sessionDefined = new SessionDefinedEncoder();
  private final SessionConnectedEncoder sessionConnected = new SessionConnectedEncoder();
  private final SessionRefusedEncoder sessionRefused = new SessionRefusedEncoder();
  private final SessionDisconnectedEncoder sessionDisconnected = new SessionDisconnectedEncoder();
  private final SessionControlledEncoder sessionControlled = new SessionControlledEncoder();
  private final SessionOrdersCanceledEncoder ordersCanceled = new SessionOrdersCanceledEncoder();
  private final StateReportedEncoder stateReported = new StateReportedEncoder();
  private final AdminCompletedEncoder adminCompleted = new AdminCompletedEncoder();
  private int length;
  private int count;

  public EventWriter(MatchingState state, int limit) {
    this.state = state;
    this.header = state.header;
    this.instruments = state.instruments;
    this.limit = limit;
  }

  public void clear() {
    length = 0;
    count = 0;
  }

  public DirectBuffer buffer() {
    return buffer;
  }

  public int length() {
    return length;
  }

  public int count() {
    return count;
  }

  /** Whether the rest has to wait for the next step. */
  boolean full() {
    return count >= limit;
  }

  /** Events that a step holds. */
  int limit() {
    return limit;
  }

  /** Whether the step has room for this many more. */
  boolean hasRoom(int more) {
    return count + more <= limit;
  }

  private int claim(int template, int blockLength) {
    int at = length;
    length = BitUtil.align(at + SBE_HEADER + blockLength, BitUtil.SIZE_OF_LONG);
    // The padding behind the block is in the last eight bytes.
    buffer.putLong(length - BitUtil.SIZE_OF_LONG, 0);
    buffer.putLong(at, SCHEMA | ((long) template << 16) | blockLength);
    count++;
    return at + SBE_HEADER;
  }

  long nextFeedNumber() {
    return header.next(Header.FEED_NUMBER);
  }

  private static int session(long line) {
    return UnsafeApi.getShort(line + OrderLine.SESSION) & 0xFFFF;
  }

  private static int instrument(long line) {
    return UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF;
  }

  private static short channel(long line) {
    return (short) (UnsafeApi.getByte(line + OrderLine.CHANNEL) & 0xFF);
  }

  private static long userRefNum(long line) {
    return Integer.toUnsignedLong(UnsafeApi.getInt(line + OrderLine.USER_REF_NUM));
  }

  private void putClOrdId(int at, long first, long last) {
    buffer.putLong(at, first);
    buffer.putLong(at + OrderLine.CL_ORD_ID_LAST, last);
  }

  /** The order as it was entered; tags as the command sent them. */
  void accepted(int order, boolean rests, DirectBuffer tags, int tagsOffset) {
    long line = state.orders.line(order);
    long details = state.orders.details(order);
    int at = claim(OrderAcceptedEncoder.TEMPLATE_ID, OrderAcceptedEncoder.BLOCK_LENGTH);
    int session = session(line);
    int instrument = instrument(line);
    accepted
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .feedMessageNumber(rests ? nextFeedNumber() : 0)
        .orderNumber(UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER))
        .symbol(instruments.symbol(instrument))
        .price(UnsafeApi.getInt(line + OrderLine.PRICE))
        .userRefNum(userRefNum(line))
        .quantity(UnsafeApi.getInt(line + OrderLine.REMAINING))
        .sessionId(session)
        .instrumentId(instrument)
        .side(UnsafeApi.getByte(line + OrderLine.SIDE))
        .timeInForce(UnsafeApi.getByte(line + OrderLine.TIME_IN_FORCE))
        .display(UnsafeApi.getByte(line + OrderLine.DISPLAY))
        .capacity(UnsafeApi.getByte(line + OrderLine.CAPACITY))
        .interMarketSweep(UnsafeApi.getByte(line + OrderLine.SWEEP))
        .crossType((byte) 'N')
        .orderState((byte) 'L');
    putClOrdId(
        at + OrderAcceptedEncoder.clOrdIdEncodingOffset(),
        UnsafeApi.getLong(details + OrderLine.CL_ORD_ID),
        UnsafeApi.getLong(details + OrderLine.CL_ORD_ID_LAST));
    buffer.putInt(
        at + OrderAcceptedEncoder.attributionEncodingOffset(),
        UnsafeApi.getInt(details + OrderLine.FIRM));
    Tags.copy(
        tags, tagsOffset, Tags.ACCEPTED, buffer, at + OrderAcceptedEncoder.tagsEncodingOffset());
  }

  void rested(int order) {
    long line = state.orders.line(order);
    int at = claim(OrderRestedEncoder.TEMPLATE_ID, OrderRestedEncoder.BLOCK_LENGTH);
    int instrument = instrument(line);
    rested
        .wrap(buffer, at)
        .feedMessageNumber(nextFeedNumber())
        .orderNumber(UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER))
        .symbol(instruments.symbol(instrument))
        .price(UnsafeApi.getInt(line + OrderLine.PRICE))
        .quantity(UnsafeApi.getInt(line + OrderLine.REMAINING))
        .instrumentId(instrument)
        .side(UnsafeApi.getByte(line + OrderLine.SIDE))
        .display(UnsafeApi.getByte(line + OrderLine.DISPLAY));
    buffer.putInt(
        at + OrderRestedEncoder.attributionEncodingOffset(),
        UnsafeApi.getInt(state.orders.details(order) + OrderLine.FIRM));
  }

  /** The order as it is after the replace; tags as the command sent them. */
  void replaced(
      int order,
      long origOrderNumber,
      long origUserRefNum,
      boolean inBook,
      DirectBuffer tags,
      int tagsOffset) {
    long line = state.orders.line(order);
    long details = state.orders.details(order);
    int at = claim(OrderReplacedEncoder.TEMPLATE_ID, OrderReplacedEncoder.BLOCK_LENGTH);
    int session = session(line);
    int instrument = instrument(line);
    replaced
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .feedMessageNumber(nextFeedNumber())
        .origOrderNumber(origOrderNumber)
        .orderNumber(UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER))
        .symbol(instruments.symbol(instrument))
        .price(UnsafeApi.getInt(line + OrderLine.PRICE))
        .origUserRefNum(origUserRefNum)
        .userRefNum(userRefNum(line))
        .quantity(UnsafeApi.getInt(line + OrderLine.REMAINING))
        .sessionId(session)
        .instrumentId(instrument)
        .side(UnsafeApi.getByte(line + OrderLine.SIDE))
        .timeInForce(UnsafeApi.getByte(line + OrderLine.TIME_IN_FORCE))
        .display(UnsafeApi.getByte(line + OrderLine.DISPLAY))
        .capacity(UnsafeApi.getByte(line + OrderLine.CAPACITY))
        .interMarketSweep(UnsafeApi.getByte(line + OrderLine.SWEEP))
        .crossType((byte) 'N')
        .orderState((byte) 'L')
        .feedAction((byte) (inBook ? 'U' : 'D'));
    putClOrdId(
        at + OrderReplacedEncoder.clOrdIdEncodingOffset(),
        UnsafeApi.getLong(details + OrderLine.CL_ORD_ID),
        UnsafeApi.getLong(details + OrderLine.CL_ORD_ID_LAST));
    Tags.copy(
        tags, tagsOffset, Tags.REPLACED, buffer, at + OrderReplacedEncoder.tagsEncodingOffset());
  }

  /** Quantity was taken from an order whose remaining is already what it is now. */
  void canceled(int order, int quantity, char reason, boolean inBook) {
    long line = state.orders.line(order);
    int at = claim(OrderCanceledEncoder.TEMPLATE_ID, OrderCanceledEncoder.BLOCK_LENGTH);
    int session = session(line);
    canceled
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .feedMessageNumber(inBook ? nextFeedNumber() : 0)
        .orderNumber(UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER))
        .userRefNum(userRefNum(line))
        .quantity(quantity)
        .remaining(UnsafeApi.getInt(line + OrderLine.REMAINING))
        .sessionId(session)
        .instrumentId(instrument(line))
        .reason((byte) reason)
        .userRefIdx(channel(line));
  }

  void executed(int resting, int incoming, int quantity) {
    long rest = state.orders.line(resting);
    long take = state.orders.line(incoming);
    int at = claim(OrderExecutedEncoder.TEMPLATE_ID, OrderExecutedEncoder.BLOCK_LENGTH);
    int restingSession = session(rest);
    int incomingSession = session(take);
    executed
        .wrap(buffer, at)
        .feedMessageNumber(nextFeedNumber())
        .matchNumber(header.next(Header.MATCH_NUMBER))
        .price(UnsafeApi.getInt(rest + OrderLine.PRICE))
        .restingOrderNumber(UnsafeApi.getLong(rest + OrderLine.ORDER_NUMBER))
        .restingMessageNumber(state.sessions.nextMessageNumber(restingSession))
        .incomingOrderNumber(UnsafeApi.getLong(take + OrderLine.ORDER_NUMBER))
        .incomingMessageNumber(state.sessions.nextMessageNumber(incomingSession))
        .quantity(quantity)
        .restingUserRefNum(userRefNum(rest))
        .restingRemaining(UnsafeApi.getInt(rest + OrderLine.REMAINING))
        .incomingUserRefNum(userRefNum(take))
        .incomingRemaining(UnsafeApi.getInt(take + OrderLine.REMAINING))
        .restingSessionId(restingSession)
        .incomingSessionId(incomingSession)
        .instrumentId(instrument(rest))
        .restingUserRefIdx(channel(rest))
        .incomingUserRefIdx(channel(take))
        .restingLiquidity((byte) 'A')
        .incomingLiquidity((byte) 'R');
  }

  /** Client order id as it lies in memory: bytes 0..7 and 6..13. */
  void rejected(
      int session, int channel, long userRefNum, int reason, long clOrdIdFirst, long clOrdIdLast) {
    int at = claim(OrderRejectedEncoder.TEMPLATE_ID, OrderRejectedEncoder.BLOCK_LENGTH);
    rejected
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .userRefNum(userRefNum)
        .sessionId(session)
        .reason(reason)
        .userRefIdx((short) channel);
    putClOrdId(at + OrderRejectedEncoder.clOrdIdEncodingOffset(), clOrdIdFirst, clOrdIdLast);
  }

  /** Of a message without a client order id. */
  void rejected(int session, int channel, long userRefNum, int reason) {
    rejected(session, channel, userRefNum, reason, BLANKS, BLANKS);
  }

  void modified(int order, int decrement, DirectBuffer tags, int tagsOffset) {
    long line = state.orders.line(order);
    int at = claim(OrderModifiedEncoder.TEMPLATE_ID, OrderModifiedEncoder.BLOCK_LENGTH);
    int session = session(line);
    modified
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .feedMessageNumber(decrement > 0 ? nextFeedNumber() : 0)
        .orderNumber(UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER))
        .userRefNum(userRefNum(line))
        .quantity(UnsafeApi.getInt(line + OrderLine.REMAINING))
        .decrement(decrement)
        .sessionId(session)
        .instrumentId(instrument(line))
        .side(UnsafeApi.getByte(line + OrderLine.SIDE));
    Tags.copy(
        tags, tagsOffset, Tags.MODIFIED, buffer, at + OrderModifiedEncoder.tagsEncodingOffset());
  }

  void accountQueried(int session, int channel, long nextUserRefNum) {
    int at = claim(AccountQueriedEncoder.TEMPLATE_ID, AccountQueriedEncoder.BLOCK_LENGTH);
    accountQueried
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .nextUserRefNum(nextUserRefNum)
        .sessionId(session)
        .userRefIdx((short) channel);
  }

  /** The answer to a mass cancel: what it asked for. */
  void massCanceled(int session, MassCancelDecoder asked) {
    int at = claim(MassCanceledEncoder.TEMPLATE_ID, MassCanceledEncoder.BLOCK_LENGTH);
    massCanceled
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .symbol(asked.symbol())
        .userRefNum(asked.userRefNum())
        .sessionId(session);
    DirectBuffer from = asked.buffer();
    buffer.putInt(
        at + MassCanceledEncoder.firmEncodingOffset(),
        from.getInt(asked.offset() + MassCancelDecoder.firmEncodingOffset()));
    Tags.copy(
        from,
        asked.offset() + MassCancelDecoder.tagsEncodingOffset(),
        Tags.MASS_CANCELED,
        buffer,
        at + MassCanceledEncoder.tagsEncodingOffset());
  }

  /** The answer to Disable Order Entry; firm as it lies in memory. */
  void orderEntryDisabled(int session, int channel, long userRefNum, int firm) {
    int at = claim(OrderEntryDisabledEncoder.TEMPLATE_ID, OrderEntryDisabledEncoder.BLOCK_LENGTH);
    orderEntryDisabled
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .userRefNum(userRefNum)
        .sessionId(session)
        .userRefIdx((short) channel);
    buffer.putInt(at + OrderEntryDisabledEncoder.firmEncodingOffset(), firm);
  }

  /** The answer to Enable Order Entry; firm as it lies in memory. */
  void orderEntryEnabled(int session, int channel, long userRefNum, int firm) {
    int at = claim(OrderEntryEnabledEncoder.TEMPLATE_ID, OrderEntryEnabledEncoder.BLOCK_LENGTH);
    orderEntryEnabled
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .userRefNum(userRefNum)
        .sessionId(session)
        .userRefIdx((short) channel);
    buffer.putInt(at + OrderEntryEnabledEncoder.firmEncodingOffset(), firm);
  }

  void sessionNotified(int session, char code) {
    int at = claim(SessionNotifiedEncoder.TEMPLATE_ID, SessionNotifiedEncoder.BLOCK_LENGTH);
    sessionNotified
        .wrap(buffer, at)
        .sessionMessageNumber(state.sessions.nextMessageNumber(session))
        .sessionId(session)
        .eventCode((byte) code);
  }

  void dayOpened(DirectBuffer streamSession, int offset) {
    int at = claim(DayOpenedEncoder.TEMPLATE_ID, DayOpenedEncoder.BLOCK_LENGTH);
    dayOpened
        .wrap(buffer, at)
        .midnightNs(header.counter(Header.MIDNIGHT_NS))
        .date(header.counter(Header.DATE))
        .ruleVersion(MatchingState.RULE_VERSION);
    buffer.putBytes(
        at + DayOpenedEncoder.streamSessionEncodingOffset(),
        streamSession,
        offset,
        DayOpenedEncoder.streamSessionEncodingLength());
  }

  void feedNotified(char code) {
    int at = claim(FeedNotifiedEncoder.TEMPLATE_ID, FeedNotifiedEncoder.BLOCK_LENGTH);
    feedNotified.wrap(buffer, at).feedMessageNumber(nextFeedNumber()).eventCode((byte) code);
  }

  void instrumentListed(int instrument) {
    int at = claim(InstrumentListedEncoder.TEMPLATE_ID, InstrumentListedEncoder.BLOCK_LENGTH);
    instrumentListed
        .wrap(buffer, at)
        .feedMessageNumber(nextFeedNumber())
        .symbol(instruments.symbol(instrument))
        .tick(instruments.tick(instrument))
        .lot(instruments.lot(instrument))
        .instrumentId(instrument);
  }

  void tradingStateChanged(int instrument) {
    int at = claim(TradingStateChangedEncoder.TEMPLATE_ID, TradingStateChangedEncoder.BLOCK_LENGTH);
    tradingStateChanged
        .wrap(buffer, at)
        .feedMessageNumber(nextFeedNumber())
        .symbol(instruments.symbol(instrument))
        .instrumentId(instrument)
        .tradingState(instruments.state(instrument));
    buffer.putInt(
        at + TradingStateChangedEncoder.reasonEncodingOffset(), instruments.reason(instrument));
  }

  void dayClosed() {
    int at = claim(DayClosedEncoder.TEMPLATE_ID, DayClosedEncoder.BLOCK_LENGTH);
    dayClosed.wrap(buffer, at).date(header.counter(Header.DATE));
  }

  void sessionDefined(int session, DirectBuffer names, int usernameOffset, int firmsOffset) {
    int at = claim(SessionDefinedEncoder.TEMPLATE_ID, SessionDefinedEncoder.BLOCK_LENGTH);
    sessionDefined
        .wrap(buffer, at)
        .sessionId(session)
        .homeGateway((short) state.sessions.homeGateway(session))
        .cancelOnDisconnectMs(state.sessions.cancelOnDisconnectMs(session));
    buffer.putBytes(
        at + SessionDefinedEncoder.usernameEncodingOffset(),
        names,
        usernameOffset,
        SessionDefinedEncoder.usernameEncodingLength());
    buffer.putBytes(
        at + SessionDefinedEncoder.firmsEncodingOffset(),
        names,
        firmsOffset,
        SessionDefinedEncoder.firmsEncodingLength());
  }

  void sessionConnected(int session, boolean takenOver) {
    int at = claim(SessionConnectedEncoder.TEMPLATE_ID, SessionConnectedEncoder.BLOCK_LENGTH);
    sessionConnected
        .wrap(buffer, at)
        .nextMessageNumber(state.sessions.messagesAssigned(session) + 1)
        .connectionEpoch(state.sessions.epoch(session))
        .sessionId(session)
        .takenOver((short) (takenOver ? 1 : 0));
  }

  void sessionRefused(int session, int epoch, char reason) {
    int at = claim(SessionRefusedEncoder.TEMPLATE_ID, SessionRefusedEncoder.BLOCK_LENGTH);
    sessionRefused.wrap(buffer, at).connectionEpoch(epoch).sessionId(session).reason((byte) reason);
  }

  void sessionDisconnected(int session, byte reason, long cancelAtNs) {
    int at = claim(SessionDisconnectedEncoder.TEMPLATE_ID, SessionDisconnectedEncoder.BLOCK_LENGTH);
    sessionDisconnected
        .wrap(buffer, at)
        .connectionEpoch(state.sessions.epoch(session))
        .sessionId(session)
        .reason(reason)
        .cancelAtNs(cancelAtNs);
  }

  void sessionOrdersCanceled(int session, long canceled) {
    int at =
        claim(SessionOrdersCanceledEncoder.TEMPLATE_ID, SessionOrdersCanceledEncoder.BLOCK_LENGTH);
    ordersCanceled.wrap(buffer, at).count(canceled).sessionId(session);
  }

  void sessionControlled(int session, byte action) {
    int at = claim(SessionControlledEncoder.TEMPLATE_ID, SessionControlledEncoder.BLOCK_LENGTH);
    sessionControlled.wrap(buffer, at).sessionId(session).action(action);
  }

  /** The state as it is now: nothing may change it behind this event. */
  void stateReported(long correlationId) {
    int at = claim(StateReportedEncoder.TEMPLATE_ID, StateReportedEncoder.BLOCK_LENGTH);
    stateReported
        .wrap(buffer, at)
        .sequence(header.counter(Header.LAST_SEQUENCE))
        .logHash(header.logHash())
        .stateHash(header.hash())
        .feedMessages(header.counter(Header.FEED_NUMBER))
        .correlationId(correlationId);
  }

  /** Only who asks by a correlation id is told. */
  void adminCompleted(long correlationId, long touched, char result) {
    if (correlationId != 0) {
      int at = claim(AdminCompletedEncoder.TEMPLATE_ID, AdminCompletedEncoder.BLOCK_LENGTH);
      adminCompleted
          .wrap(buffer, at)
          .correlationId(correlationId)
          .count(touched)
          .result((byte) result);
    }
  }
}
