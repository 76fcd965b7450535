package io.tradepit.publication;

import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.sbe.DayClosedEncoder;
import io.tradepit.protocol.sbe.DayOpenedEncoder;
import io.tradepit.protocol.sbe.FeedNotifiedEncoder;
import io.tradepit.protocol.sbe.InstrumentListedEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OrderAcceptedEncoder;
import io.tradepit.protocol.sbe.OrderCanceledEncoder;
import io.tradepit.protocol.sbe.OrderExecutedEncoder;
import io.tradepit.protocol.sbe.OrderModifiedEncoder;
import io.tradepit.protocol.sbe.OrderReplacedEncoder;
import io.tradepit.protocol.sbe.OrderRestedEncoder;
import io.tradepit.protocol.sbe.SessionConnectedEncoder;
import io.tradepit.protocol.sbe.TradingStateChangedEncoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventReader;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames of the event stream as the matcher writes them, read back by an {@link EventReader}. */
final class EventScript implements EventReader {
  static final long SYMBOL = ItchText.symbol("ACME");
  static final int INSTRUMENT = 7;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final List<UnsafeBuffer> frames = new ArrayList<>();
  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[64 * 1024]);
  private int length = EventFrame.HEADER_LENGTH;
  private int count;
  private int nextFrame;
  private long position;

  /** Completes the frame of the events that were added since the last one. */
  EventScript frame(long wireTimeNs) {
    frame.putLong(EventFrame.WIRE_TIME_NS_OFFSET, wireTimeNs, ByteOrder.LITTLE_ENDIAN);
    frame.putShort(EventFrame.COUNT_OFFSET, (short) count, ByteOrder.LITTLE_ENDIAN);
    frame.putShort(EventFrame.FLAGS_OFFSET, EventFrame.LAST, ByteOrder.LITTLE_ENDIAN);
    UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
    copy.putBytes(0, frame, 0, length);
    frames.add(copy);
    frame.setMemory(0, length, (byte) 0);
    length = EventFrame.HEADER_LENGTH;
    count = 0;
    return this;
  }

  EventScript dayOpened(String session) {
    DayOpenedEncoder event = new DayOpenedEncoder();
    event.wrapAndApplyHeader(frame, length, header).date(20_261_120).streamSession(session);
    return added(event.encodedLength());
  }

  EventScript dayClosed() {
    DayClosedEncoder event = new DayClosedEncoder();
    event.wrapAndApplyHeader(frame, length, header).date(20_261_120);
    return added(event.encodedLength());
  }

  EventScript notified(long number, char code) {
    FeedNotifiedEncoder event = new FeedNotifiedEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .feedMessageNumber(number)
        .eventCode((byte) code);
    return added(event.encodedLength());
  }

  EventScript listed(long number, int lot) {
    InstrumentListedEncoder event = new InstrumentListedEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .feedMessageNumber(number)
        .symbol(SYMBOL)
        .tick(100)
        .lot(lot)
        .instrumentId(INSTRUMENT);
    return added(event.encodedLength());
  }

  EventScript tradingState(long number, char state, String reason) {
    TradingStateChangedEncoder event = new TradingStateChangedEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .feedMessageNumber(number)
        .symbol(SYMBOL)
        .instrumentId(INSTRUMENT)
        .tradingState((byte) state)
        .reason(reason);
    return added(event.encodedLength());
  }

  EventScript accepted(
      long number, long order, char side, char display, long quantity, long price) {
    OrderAcceptedEncoder event = new OrderAcceptedEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .sessionMessageNumber(1)
        .feedMessageNumber(number)
        .orderNumber(order)
        .symbol(SYMBOL)
        .price(price)
        .quantity(quantity)
        .instrumentId(INSTRUMENT)
        .side((byte) side)
        .display((byte) display)
        .attribution("MKR");
    return added(event.encodedLength());
  }

  EventScript rested(long number, long order, char side, char display, long quantity, long price) {
    OrderRestedEncoder event = new OrderRestedEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .feedMessageNumber(number)
        .orderNumber(order)
        .symbol(SYMBOL)
        .price(price)
        .quantity(quantity)
        .instrumentId(INSTRUMENT)
        .side((byte) side)
        .display((byte) display)
        .attribution("MKRA");
    return added(event.encodedLength());
  }

  EventScript replaced(
      long number, long original, long order, char action, long quantity, long price) {
    OrderReplacedEncoder event = new OrderReplacedEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .feedMessageNumber(number)
        .origOrderNumber(original)
        .orderNumber(order)
        .price(price)
        .quantity(quantity)
        .instrumentId(INSTRUMENT)
        .feedAction((byte) action);
    return added(event.encodedLength());
  }

  EventScript canceled(long number, long order, long quantity, long remaining) {
    OrderCanceledEncoder event = new OrderCanceledEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .feedMessageNumber(number)
        .orderNumber(order)
        .quantity(quantity)
        .remaining(remaining)
        .instrumentId(INSTRUMENT);
    return added(event.encodedLength());
  }

  EventScript modified(long number, long order, long decrement) {
    OrderModifiedEncoder event = new OrderModifiedEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .feedMessageNumber(number)
        .orderNumber(order)
        .quantity(1)
        .decrement(decrement)
        .instrumentId(INSTRUMENT);
    return added(event.encodedLength());
  }

  EventScript executed(long number, long resting, long quantity, long match) {
    OrderExecutedEncoder event = new OrderExecutedEncoder();
    event
        .wrapAndApplyHeader(frame, length, header)
        .feedMessageNumber(number)
        .matchNumber(match)
        .restingOrderNumber(resting)
        .incomingOrderNumber(resting + 1)
        .quantity(quantity)
        .instrumentId(INSTRUMENT);
    return added(event.encodedLength());
  }

  /** An event that is not for the feed. */
  EventScript connected() {
    SessionConnectedEncoder event = new SessionConnectedEncoder();
    event.wrapAndApplyHeader(frame, length, header).nextMessageNumber(1).sessionId(3);
    return added(event.encodedLength());
  }

  @Override
  public int poll(EventHandler handler, int limit) {
    int handed = 0;
    while (handed < limit && nextFrame < frames.size()) {
      UnsafeBuffer next = frames.get(nextFrame++);
      handler.onFrame(next, 0, next.capacity(), position);
      position += next.capacity();
      handed++;
    }
    return handed;
  }

  @Override
  public long position() {
    return position;
  }

  private EventScript added(int blockLength) {
    length +=
        BitUtil.align(
            MessageHeaderEncoder.ENCODED_LENGTH + blockLength, EventFrame.EVENT_ALIGNMENT);
    count++;
    return this;
  }
}
