package io.tradepit.matching;

import io.tradepit.matching.book.Instruments;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.rules.MatchingState;
import io.tradepit.matching.rules.Tags;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Regions;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.SnapshotBeginEncoder;
import io.tradepit.protocol.sbe.SnapshotEndEncoder;
import io.tradepit.protocol.sbe.SnapshotGatewayEncoder;
import io.tradepit.protocol.sbe.SnapshotInstrumentEncoder;
import io.tradepit.protocol.sbe.SnapshotOrderEncoder;
import io.tradepit.protocol.sbe.SnapshotSessionEncoder;
import io.tradepit.protocol.sbe.TagsEncoder;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes one message of a snapshot after the other into one buffer. Allocates nothing after
 * construction.
 */
final class SnapshotEncoder {
  /** Of a snapshot: which messages in which order. */
  static final int LAYOUT_VERSION = 2;

  /** Gateways are numbered from 0. */
  static final int GATEWAYS = 256;

  static final int CHANNELS = 256;
  private static final int BLOCK = MessageHeaderEncoder.ENCODED_LENGTH;
  private static final int USERNAME = BLOCK + SnapshotSessionEncoder.usernameEncodingOffset();
  private static final int FIRMS = BLOCK + SnapshotSessionEncoder.firmsEncodingOffset();
  private static final int CL_ORD_ID = BLOCK + SnapshotOrderEncoder.clOrdIdEncodingOffset();
  private static final int FIRM = BLOCK + SnapshotOrderEncoder.firmEncodingOffset();
  private static final int TAGS = BLOCK + SnapshotOrderEncoder.tagsEncodingOffset();

  final UnsafeBuffer buffer =
      new UnsafeBuffer(ByteBuffer.allocateDirect(SnapshotWriter.MOST_MESSAGE_BYTES));
  private final MatchingState state;
  private final UnsafeBuffer details = new UnsafeBuffer(0, 0);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SnapshotBeginEncoder begin = new SnapshotBeginEncoder();
  private final SnapshotGatewayEncoder gateway = new SnapshotGatewayEncoder();
  private final SnapshotInstrumentEncoder instrument = new SnapshotInstrumentEncoder();
  private final SnapshotSessionEncoder session = new SnapshotSessionEncoder();
  private final SnapshotOrderEncoder order = new SnapshotOrderEncoder();
  private final SnapshotEndEncoder end = new SnapshotEndEncoder();
  private int length;

  SnapshotEncoder(MatchingState state) {
    this.state = state;
  }

  /** Bytes of the message written last, padding included. */
  int length() {
    return length;
  }

  private void claim(int blockLength) {
    length = BitUtil.align(BLOCK + blockLength, Long.BYTES);
    buffer.putLong(length - Long.BYTES, 0);
  }

  void begin() {
    claim(SnapshotBeginEncoder.BLOCK_LENGTH);
    Header from = state.header;
    Regions regions = state.regions;
    begin
        .wrapAndApplyHeader(buffer, 0, header)
        .sequence(from.counter(Header.LAST_SEQUENCE))
        .lastTimeNs(from.counter(Header.LAST_TIME_NS))
        .midnightNs(from.counter(Header.MIDNIGHT_NS))
        .lastOrderNumber(from.counter(Header.ORDER_NUMBER))
        .lastMatchNumber(from.counter(Header.MATCH_NUMBER))
        .lastFeedMessageNumber(from.counter(Header.FEED_NUMBER))
        .staleCommands(from.counter(Header.STALE_COMMANDS))
        .stateHash(from.hash())
        .date(from.counter(Header.DATE))
        .maxOrders(regions.maxOrders)
        .maxLevels(regions.maxLevels)
        .maxOpenOrdersOfSession(regions.maxOpenOrdersOfSession)
        .orders(state.orders.pool().inUse())
        .levels(state.books.levelsInUse())
        .maxInstruments(regions.maxInstruments)
        .maxSessions(regions.maxSessions)
        .instruments(state.instruments.count())
        .sessions((int) from.counter(Header.SESSIONS))
        .gateways(gateways(from))
        .layoutVersion(LAYOUT_VERSION)
        .ruleVersion(MatchingState.RULE_VERSION)
        .schemaVersion(SnapshotBeginEncoder.SCHEMA_VERSION)
        .dayState((short) from.dayState())
        .logHash(from.logHash());
  }

  private static int gateways(Header from) {
    int count = 0;
    for (int i = 0; i < GATEWAYS; i++) {
      count += from.gatewaySequence(i) == 0 ? 0 : 1;
    }
    return count;
  }

  void gateway(int number) {
    claim(SnapshotGatewayEncoder.BLOCK_LENGTH);
    gateway
        .wrapAndApplyHeader(buffer, 0, header)
        .gatewaySequence(state.header.gatewaySequence(number))
        .gateway((short) number);
  }

  void instrument(int id) {
    claim(SnapshotInstrumentEncoder.BLOCK_LENGTH);
    Instruments from = state.instruments;
    instrument
        .wrapAndApplyHeader(buffer, 0, header)
        .symbol(from.symbol(id))
        .tick(from.tick(id))
        .referencePrice(from.referencePrice(id))
        .lot(from.lot(id))
        .instrumentId(id)
        .tradingState(from.state(id));
    buffer.putInt(BLOCK + SnapshotInstrumentEncoder.reasonEncodingOffset(), from.reason(id));
  }

  void session(int id) {
    claim(SnapshotSessionEncoder.BLOCK_LENGTH);
    Sessions from = state.sessions;
    session
        .wrapAndApplyHeader(buffer, 0, header)
        .messagesAssigned(from.messagesAssigned(id))
        .connectionEpoch(from.epoch(id))
        .sessionId(id)
        .connected((short) (from.is(id, Sessions.CONNECTED) ? 1 : 0))
        .disabled((short) (from.is(id, Sessions.DISABLED) ? 1 : 0))
        .homeGateway((short) from.homeGateway(id))
        .disabledFirms((short) from.disabledFirms(id))
        .cancelOnDisconnectMs(from.cancelOnDisconnectMs(id))
        .deadlineNs(state.timers.deadlineNs(id));
    long username = from.usernameAndGateway(id);
    buffer.putInt(USERNAME, (int) username);
    buffer.putShort(USERNAME + Integer.BYTES, (short) (username >>> Integer.SIZE));
    buffer.putLong(FIRMS, from.firmsFirst(id));
    buffer.putLong(FIRMS + Long.BYTES, from.firmsLast(id));
    for (int channel = 0; channel < CHANNELS; channel++) {
      session.userRefNums(channel, Integer.toUnsignedLong(from.highest(id, channel)));
    }
  }

  void order(int record) {
    claim(SnapshotOrderEncoder.BLOCK_LENGTH);
    long line = state.orders.line(record);
    long from = state.orders.details(record);
    order
        .wrapAndApplyHeader(buffer, 0, header)
        .orderNumber(UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER))
        .price(UnsafeApi.getInt(line + OrderLine.PRICE))
        .userRefNum(Integer.toUnsignedLong(UnsafeApi.getInt(line + OrderLine.USER_REF_NUM)))
        .remaining(UnsafeApi.getInt(line + OrderLine.REMAINING))
        .executed(UnsafeApi.getInt(line + OrderLine.EXECUTED))
        .chainExecuted(UnsafeApi.getInt(line + OrderLine.CHAIN_EXECUTED))
        .sessionId(UnsafeApi.getShort(line + OrderLine.SESSION) & 0xFFFF)
        .instrumentId(UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF)
        .userRefIdx((short) (UnsafeApi.getByte(line + OrderLine.CHANNEL) & 0xFF))
        .side(UnsafeApi.getByte(line + OrderLine.SIDE))
        .timeInForce(UnsafeApi.getByte(line + OrderLine.TIME_IN_FORCE))
        .display(UnsafeApi.getByte(line + OrderLine.DISPLAY))
        .capacity(UnsafeApi.getByte(line + OrderLine.CAPACITY))
        .interMarketSweep(UnsafeApi.getByte(line + OrderLine.SWEEP));
    buffer.putLong(CL_ORD_ID, UnsafeApi.getLong(from + OrderLine.CL_ORD_ID));
    buffer.putLong(
        CL_ORD_ID + OrderLine.CL_ORD_ID_LAST, UnsafeApi.getLong(from + OrderLine.CL_ORD_ID_LAST));
    buffer.putInt(FIRM, UnsafeApi.getInt(from + OrderLine.FIRM));
    // What stands in the memory of tags that are not present is of an older order.
    details.wrap(from + OrderLine.TAGS, TagsEncoder.ENCODED_LENGTH);
    Tags.copy(details, 0, Tags.ALL, buffer, TAGS);
  }

  void end(long messages, long contentHash) {
    claim(SnapshotEndEncoder.BLOCK_LENGTH);
    end.wrapAndApplyHeader(buffer, 0, header)
        .messages(messages)
        .sequence(state.header.counter(Header.LAST_SEQUENCE))
        .contentHash(contentHash);
  }
}
