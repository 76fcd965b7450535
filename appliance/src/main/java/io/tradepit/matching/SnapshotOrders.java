package io.tradepit.matching;

import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.rules.MatchingState;
import io.tradepit.matching.rules.Tags;
import io.tradepit.matching.session.Sessions;
import io.tradepit.protocol.sbe.SnapshotOrderDecoder;
import io.tradepit.protocol.sbe.TagsDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Loads the resting orders of a snapshot: into the books as they come, which is in priority; among
 * the open orders of their sessions in the order of their numbers, which is that of time.
 */
final class SnapshotOrders {
  private static final int CL_ORD_ID = SnapshotOrderDecoder.clOrdIdEncodingOffset();
  private static final int FIRM = SnapshotOrderDecoder.firmEncodingOffset();
  private static final int TAGS = SnapshotOrderDecoder.tagsEncodingOffset();

  private final MatchingState state;
  private final SnapshotChecks checks;
  private final long mostLevels;
  private final long[] numbers;
  private final SnapshotOrderDecoder decoder = new SnapshotOrderDecoder();
  private final UnsafeBuffer details = new UnsafeBuffer(0, 0);
  private int count;
  private int lastBook;
  private int lastPrice;
  private int last;

  /**
   * @param orders that come
   * @param levels at which they rest
   */
  SnapshotOrders(MatchingState state, SnapshotChecks checks, int orders, long levels) {
    this.state = state;
    this.checks = checks;
    this.mostLevels = levels;
    this.numbers = new long[orders];
  }

  void add(DirectBuffer buffer, int block) {
    decoder.wrap(
        buffer, block, SnapshotOrderDecoder.BLOCK_LENGTH, SnapshotOrderDecoder.SCHEMA_VERSION);
    int session = decoder.sessionId();
    int instrument = decoder.instrumentId();
    checks.require(state.sessions.is(session, Sessions.DEFINED), "sessionId", session, "unknown");
    checks.require(
        instrument >= 1 && instrument <= state.instruments.count(),
        "instrumentId",
        instrument,
        "unknown");
    int side = decoder.side() == 'B' ? OrderBook.BID : OrderBook.ASK;
    enterSide(2 * instrument + side);
    requirePriority(side, state.instruments.tick(instrument));
    int order = state.orders.pool().allocate();
    write(state.orders.line(order), Tags.group(buffer, block + TAGS));
    writeDetails(state.orders.details(order), buffer, block);
    state.books.book(instrument).append(order, side, last);
    state.orders.enterHash(order);
    numbers[count++] = decoder.orderNumber();
    last = order;
  }

  private void enterSide(int book) {
    checks.require(book >= lastBook, "instrumentId", decoder.instrumentId(), "out of order");
    if (book != lastBook) {
      lastBook = book;
      last = 0;
    }
  }

  private void requirePriority(int side, long tick) {
    long price = decoder.price();
    checks.require(
        price > 0 && price < Integer.MAX_VALUE, "price", price, "allowed are 1 to 2147483646");
    checks.require(price % tick == 0, "price", price, "not a multiple of the tick");
    if (last != 0 && price == lastPrice) {
      checks.require(
          decoder.orderNumber() > numbers[count - 1],
          "orderNumber",
          decoder.orderNumber(),
          "out of order at its price");
      return;
    }
    boolean isWorse = side == OrderBook.BID ? price < lastPrice : price > lastPrice;
    checks.require(last == 0 || isWorse, "price", price, "out of order in its book");
    checks.require(
        state.books.levelsInUse() < mostLevels, "levels", mostLevels, "there is one more");
    lastPrice = (int) price;
  }

  private void write(long line, short group) {
    UnsafeApi.putLong(line + OrderLine.ORDER_NUMBER, decoder.orderNumber());
    UnsafeApi.putInt(line + OrderLine.PRICE, (int) decoder.price());
    UnsafeApi.putInt(line + OrderLine.REMAINING, (int) decoder.remaining());
    UnsafeApi.putInt(line + OrderLine.EXECUTED, (int) decoder.executed());
    UnsafeApi.putInt(line + OrderLine.CHAIN_EXECUTED, (int) decoder.chainExecuted());
    UnsafeApi.putInt(line + OrderLine.USER_REF_NUM, (int) decoder.userRefNum());
    UnsafeApi.putShort(line + OrderLine.SESSION, (short) decoder.sessionId());
    UnsafeApi.putShort(line + OrderLine.INSTRUMENT, (short) decoder.instrumentId());
    UnsafeApi.putByte(line + OrderLine.CHANNEL, (byte) decoder.userRefIdx());
    UnsafeApi.putByte(line + OrderLine.SIDE, decoder.side());
    UnsafeApi.putByte(line + OrderLine.TIME_IN_FORCE, decoder.timeInForce());
    UnsafeApi.putByte(line + OrderLine.DISPLAY, decoder.display());
    UnsafeApi.putByte(line + OrderLine.CAPACITY, decoder.capacity());
    UnsafeApi.putByte(line + OrderLine.SWEEP, decoder.interMarketSweep());
    UnsafeApi.putShort(line + OrderLine.GROUP, group);
  }

  private void writeDetails(long at, DirectBuffer buffer, int block) {
    int clOrdId = block + CL_ORD_ID;
    UnsafeApi.putLong(at + OrderLine.CL_ORD_ID, buffer.getLong(clOrdId));
    UnsafeApi.putLong(
        at + OrderLine.CL_ORD_ID_LAST, buffer.getLong(clOrdId + OrderLine.CL_ORD_ID_LAST));
    UnsafeApi.putInt(at + OrderLine.FIRM, buffer.getInt(block + FIRM));
    details.wrap(at + OrderLine.TAGS, TagsDecoder.ENCODED_LENGTH);
    Tags.copy(buffer, block + TAGS, Tags.ALL, details, 0);
  }

  /** All have come: opens them in their sessions, oldest first. */
  void open() {
    long[] sorted = numbers.clone();
    Arrays.sort(sorted);
    // Records of a fresh pool are handed out in turn from 1.
    int[] records = new int[sorted.length];
    for (int i = 0; i < numbers.length; i++) {
      int rank = Arrays.binarySearch(sorted, numbers[i]);
      checks.require(records[rank] == 0, "orderNumber", numbers[i], "came twice");
      records[rank] = i + 1;
    }
    for (int order : records) {
      open(order);
    }
  }

  private void open(int order) {
    long line = state.orders.line(order);
    int session = UnsafeApi.getShort(line + OrderLine.SESSION) & 0xFFFF;
    int channel = UnsafeApi.getByte(line + OrderLine.CHANNEL) & 0xFF;
    int userRefNum = UnsafeApi.getInt(line + OrderLine.USER_REF_NUM);
    checks.require(
        state.sessions.openOrders(session) < state.regions.maxOpenOrdersOfSession,
        "sessionId",
        session,
        "has more open orders than there is room for");
    checks.require(
        state.openOrders.find(session, channel, userRefNum) == 0,
        "userRefNum",
        Integer.toUnsignedLong(userRefNum),
        "open twice in its session");
    state.openOrders.add(session, order);
  }
}
