package io.tradepit.perf;

import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.OrderDelete;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.ouch.OuchCommandDecoder;
import io.tradepit.protocol.ouch.OuchEventEncoder;
import io.tradepit.protocol.ouch.OuchRequestEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OrderAcceptedDecoder;
import io.tradepit.protocol.sbe.OrderAcceptedEncoder;
import io.tradepit.protocol.sbe.OrderCanceledDecoder;
import io.tradepit.protocol.sbe.OrderCanceledEncoder;
import io.tradepit.protocol.sbe.OrderExecutedDecoder;
import io.tradepit.protocol.sbe.OrderExecutedEncoder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * One message through a codec: from the wire to the log on the way in, from an event to the feed or
 * to the member on the way out. Buffers are off-heap and stay in the cache; frames around the
 * messages are in {@link FrameBenchmark}.
 */
public class CodecBenchmark extends OneThreadBenchmark {
  private static final long SYMBOL = CommandWriter.SYMBOL;
  private static final int ROOM = 512;
  private static final long WIRE_TIME_NS = 34_200_000_000_000L;

  private final UnsafeBuffer bare = buffer();
  private final UnsafeBuffer tagged = buffer();
  private final UnsafeBuffer command = buffer();
  private final UnsafeBuffer acceptedEvent = buffer();
  private final UnsafeBuffer executedEvent = buffer();
  private final UnsafeBuffer canceledEvent = buffer();
  private final UnsafeBuffer feed = buffer();
  private final OuchCommandDecoder ouch = new OuchCommandDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
  private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
  private final AddOrder addOrder = new AddOrder();
  private final OrderExecuted orderExecuted = new OrderExecuted();
  private final UnsafeBuffer replace = buffer();
  private final UnsafeBuffer cancel = buffer();
  private final UnsafeBuffer answer = buffer();
  private final OuchEventEncoder answers = new OuchEventEncoder();
  private final OrderDelete orderDelete = new OrderDelete();
  private int bareLength;
  private int taggedLength;
  private int replaceLength;
  private int cancelLength;

  private static UnsafeBuffer buffer() {
    return new UnsafeBuffer(BufferUtil.allocateDirectAligned(ROOM, 64));
  }

  /** Writes what is decoded. */
  @Setup
  public void write() {
    OuchRequestEncoder requests = new OuchRequestEncoder();
    requests.wrap(bare, 0).enter(1, (byte) 'B', 100, SYMBOL, 1_503_400, OuchRequestEncoder.DAY);
    bareLength = requests.clOrdId("ORDER1").length();
    requests.wrap(tagged, 0).enter(1, (byte) 'B', 100, SYMBOL, 1_503_400, OuchRequestEncoder.DAY);
    taggedLength = requests.clOrdId("ORDER1").tag(2, "MKRA").tag(24, 7).tag(28, 1).length();
    requests.wrap(replace, 0).replace(1, 2, 100, 1_503_500, OuchRequestEncoder.DAY);
    replaceLength = requests.clOrdId("ORDER2").length();
    cancelLength = requests.wrap(cancel, 0).cancel(1, 0).length();
    MessageHeaderEncoder header = new MessageHeaderEncoder();
    new OrderAcceptedEncoder()
        .wrapAndApplyHeader(acceptedEvent, 0, header)
        .feedMessageNumber(1)
        .orderNumber(123_456)
        .symbol(SYMBOL)
        .price(1_503_400)
        .quantity(100)
        .instrumentId(3)
        .side((byte) 'B');
    new OrderExecutedEncoder()
        .wrapAndApplyHeader(executedEvent, 0, header)
        .feedMessageNumber(2)
        .matchNumber(77)
        .restingOrderNumber(123_456)
        .quantity(100)
        .instrumentId(3);
    new OrderCanceledEncoder()
        .wrapAndApplyHeader(canceledEvent, 0, header)
        .feedMessageNumber(3)
        .orderNumber(123_456)
        .quantity(100)
        .remaining(0)
        .instrumentId(3);
  }

  /** OUCH Enter Order without tags, checked and written as the command of the log. */
  @Benchmark
  public DirectBuffer decodeEnterOrder() {
    return decode(bare, bareLength);
  }

  /** The same with firm, group and channel. */
  @Benchmark
  public DirectBuffer decodeEnterOrderWithTags() {
    return decode(tagged, taggedLength);
  }

  /** OUCH Replace Order without tags, likewise. */
  @Benchmark
  public DirectBuffer decodeReplaceOrder() {
    return decode(replace, replaceLength);
  }

  /** OUCH Cancel Order, likewise. */
  @Benchmark
  public DirectBuffer decodeCancelOrder() {
    return decode(cancel, cancelLength);
  }

  private DirectBuffer decode(DirectBuffer message, int length) {
    if (ouch.check(message, 0, length) < 0) {
      throw new IllegalStateException("length=" + length);
    }
    ouch.decode(message, 0, length, 0, command, 0);
    return command;
  }

  /** An accepted order that rests as ITCH Add Order. */
  @Benchmark
  public DirectBuffer encodeAddOrder() {
    OrderAcceptedDecoder event =
        accepted.wrap(
            acceptedEvent,
            MessageHeaderEncoder.ENCODED_LENGTH,
            OrderAcceptedDecoder.BLOCK_LENGTH,
            OrderAcceptedDecoder.SCHEMA_VERSION);
    addOrder.begin(feed, 0, event.instrumentId(), 0, WIRE_TIME_NS);
    addOrder
        .orderReference(event.orderNumber())
        .side(event.side())
        .shares(event.quantity())
        .stock(event.symbol())
        .price(event.price());
    return feed;
  }

  /** A match as ITCH Order Executed. */
  @Benchmark
  public DirectBuffer encodeOrderExecuted() {
    OrderExecutedDecoder event =
        executed.wrap(
            executedEvent,
            MessageHeaderEncoder.ENCODED_LENGTH,
            OrderExecutedDecoder.BLOCK_LENGTH,
            OrderExecutedDecoder.SCHEMA_VERSION);
    orderExecuted.begin(feed, 0, event.instrumentId(), 0, WIRE_TIME_NS);
    orderExecuted
        .orderReference(event.restingOrderNumber())
        .executedShares(event.quantity())
        .matchNumber(event.matchNumber());
    return feed;
  }

  /** An order of which nothing remains as ITCH Order Delete. */
  @Benchmark
  public DirectBuffer encodeOrderDelete() {
    OrderCanceledDecoder event =
        canceled.wrap(
            canceledEvent,
            MessageHeaderEncoder.ENCODED_LENGTH,
            OrderCanceledDecoder.BLOCK_LENGTH,
            OrderCanceledDecoder.SCHEMA_VERSION);
    if (event.remaining() != 0) {
      throw new IllegalStateException("remaining=" + event.remaining());
    }
    orderDelete.begin(feed, 0, event.instrumentId(), 0, WIRE_TIME_NS);
    orderDelete.orderReference(event.orderNumber());
    return feed;
  }

  /** An accepted order as OUCH Order Accepted. */
  @Benchmark
  public DirectBuffer encodeAcceptedAnswer() {
    return answer(acceptedEvent, false);
  }

  /** A match as OUCH Order Executed, of the incoming order's side. */
  @Benchmark
  public DirectBuffer encodeExecutedAnswer() {
    return answer(executedEvent, true);
  }

  private DirectBuffer answer(DirectBuffer event, boolean incoming) {
    int length = answers.encode(event, 0, incoming, WIRE_TIME_NS, answer, 0);
    if (length == 0) {
      throw new IllegalStateException("length=0 of an event with an answer");
    }
    return answer;
  }
}
