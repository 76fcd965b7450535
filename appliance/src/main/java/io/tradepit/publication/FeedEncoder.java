package io.tradepit.publication;

import io.tradepit.protocol.sbe.FeedNotifiedDecoder;
import io.tradepit.protocol.sbe.InstrumentListedDecoder;
import io.tradepit.protocol.sbe.OrderAcceptedDecoder;
import io.tradepit.protocol.sbe.OrderCanceledDecoder;
import io.tradepit.protocol.sbe.OrderExecutedDecoder;
import io.tradepit.protocol.sbe.OrderModifiedDecoder;
import io.tradepit.protocol.sbe.OrderReplacedDecoder;
import io.tradepit.protocol.sbe.OrderRestedDecoder;
import io.tradepit.protocol.sbe.TradingStateChangedDecoder;
import org.agrona.DirectBuffer;

/**
 * Turns each event that has a feed number into its ITCH 5.0 message: live for the publisher, again
 * for retransmissions. One thread; allocates nothing.
 *
 * <pre>
 *   FeedNotified                      S   locate 0
 *   InstrumentListed                  R   constants below where the venue knows nothing
 *   TradingStateChanged               H
 *   OrderAccepted, OrderRested        A   or F with the firm when the order is displayed attributed
 *   OrderReplaced  action U           U
 *                  action D           D   of the original
 *   OrderCanceled  nothing remains    D
 *                  else               X
 *   OrderModified                     X
 *   OrderExecuted                     E   of the resting order
 * </pre>
 */
final class FeedEncoder {
  private static final byte REPLACED = 'U';
  private static final byte DELETED = 'D';

  private final FeedNotifiedDecoder feedNotified = new FeedNotifiedDecoder();
  private final InstrumentListedDecoder listed = new InstrumentListedDecoder();
  private final TradingStateChangedDecoder stateChanged = new TradingStateChangedDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final OrderRestedDecoder rested = new OrderRestedDecoder();
  private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
  private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
  private final OrderModifiedDecoder modified = new OrderModifiedDecoder();
  private final OrderExecutedDecoder executed = new OrderExecutedDecoder();

  private final FeedSink sink;
  private final FeedMessageWriter messages;

  /**
   * @param sink which messages are wanted, and where they are written
   */
  FeedEncoder(FeedSink sink) {
    this.sink = sink;
    messages = new FeedMessageWriter(sink);
  }

  /**
   * Writes the message of an event, if it has one that is wanted.
   *
   * @param offset of the event's block
   * @param wireTimeNs since midnight of the trading day
   * @throws IllegalStateException when feed numbers are not dense
   */
  void onEvent(
      DirectBuffer buffer,
      int offset,
      int blockLength,
      int templateId,
      int version,
      long wireTimeNs) {
    messages.time(wireTimeNs);
    switch (templateId) {
      case OrderAcceptedDecoder.TEMPLATE_ID ->
          onAccepted(accepted.wrap(buffer, offset, blockLength, version));
      case OrderExecutedDecoder.TEMPLATE_ID ->
          onExecuted(executed.wrap(buffer, offset, blockLength, version));
      case OrderCanceledDecoder.TEMPLATE_ID ->
          onCanceled(canceled.wrap(buffer, offset, blockLength, version));
      case OrderReplacedDecoder.TEMPLATE_ID ->
          onReplaced(replaced.wrap(buffer, offset, blockLength, version));
      case OrderRestedDecoder.TEMPLATE_ID ->
          onRested(rested.wrap(buffer, offset, blockLength, version));
      case OrderModifiedDecoder.TEMPLATE_ID ->
          onModified(modified.wrap(buffer, offset, blockLength, version));
      case FeedNotifiedDecoder.TEMPLATE_ID ->
          onFeedNotified(feedNotified.wrap(buffer, offset, blockLength, version));
      case InstrumentListedDecoder.TEMPLATE_ID ->
          onListed(listed.wrap(buffer, offset, blockLength, version));
      case TradingStateChangedDecoder.TEMPLATE_ID ->
          onStateChanged(stateChanged.wrap(buffer, offset, blockLength, version));
      default -> {
        // The event is for members or the operator.
      }
    }
  }

  private void onFeedNotified(FeedNotifiedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      messages.systemEvent(event.eventCode());
    }
  }

  private void onListed(InstrumentListedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      messages.directory(event.instrumentId(), event.symbol(), event.lot());
    }
  }

  private void onStateChanged(TradingStateChangedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      messages.tradingState(
          event.instrumentId(),
          event.symbol(),
          event.tradingState(),
          event.buffer(),
          event.offset() + TradingStateChangedDecoder.reasonEncodingOffset());
    }
  }

  private void onAccepted(OrderAcceptedDecoder event) {
    if (!isDue(event.feedMessageNumber())) {
      return;
    }
    int firm = event.offset() + OrderAcceptedDecoder.attributionEncodingOffset();
    messages.add(
        event.instrumentId(),
        event.orderNumber(),
        event.side(),
        event.quantity(),
        event.symbol(),
        event.price(),
        event.display(),
        event.buffer(),
        firm);
  }

  private void onRested(OrderRestedDecoder event) {
    if (!isDue(event.feedMessageNumber())) {
      return;
    }
    int firm = event.offset() + OrderRestedDecoder.attributionEncodingOffset();
    messages.add(
        event.instrumentId(),
        event.orderNumber(),
        event.side(),
        event.quantity(),
        event.symbol(),
        event.price(),
        event.display(),
        event.buffer(),
        firm);
  }

  private void onReplaced(OrderReplacedDecoder event) {
    if (!isDue(event.feedMessageNumber())) {
      return;
    }
    switch (event.feedAction()) {
      case REPLACED ->
          messages.replace(
              event.instrumentId(),
              event.origOrderNumber(),
              event.orderNumber(),
              event.quantity(),
              event.price());
      case DELETED -> messages.delete(event.instrumentId(), event.origOrderNumber());
      default -> throw new IllegalStateException("feedAction=" + event.feedAction());
    }
  }

  private void onCanceled(OrderCanceledDecoder event) {
    if (!isDue(event.feedMessageNumber())) {
      return;
    }
    if (event.remaining() == 0) {
      messages.delete(event.instrumentId(), event.orderNumber());
    } else {
      messages.cancel(event.instrumentId(), event.orderNumber(), event.quantity());
    }
  }

  private void onModified(OrderModifiedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      messages.cancel(event.instrumentId(), event.orderNumber(), event.decrement());
    }
  }

  private void onExecuted(OrderExecutedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      messages.executed(
          event.instrumentId(), event.restingOrderNumber(), event.quantity(), event.matchNumber());
    }
  }

  private boolean isDue(long feedMessageNumber) {
    return feedMessageNumber != 0 && sink.accepts(feedMessageNumber);
  }
}
