package io.tradepit.publication;

import io.tradepit.protocol.itch.AddAttributedOrder;
import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.ItchMessage;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.itch.OrderCancel;
import io.tradepit.protocol.itch.OrderDelete;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.itch.OrderReplace;
import io.tradepit.protocol.itch.StockDirectory;
import io.tradepit.protocol.itch.SystemEvent;
import io.tradepit.protocol.itch.TradingAction;
import io.tradepit.protocol.sbe.FeedNotifiedDecoder;
import io.tradepit.protocol.sbe.InstrumentListedDecoder;
import io.tradepit.protocol.sbe.OrderAcceptedDecoder;
import io.tradepit.protocol.sbe.OrderCanceledDecoder;
import io.tradepit.protocol.sbe.OrderExecutedDecoder;
import io.tradepit.protocol.sbe.OrderModifiedDecoder;
import io.tradepit.protocol.sbe.OrderReplacedDecoder;
import io.tradepit.protocol.sbe.OrderRestedDecoder;
import io.tradepit.protocol.sbe.TradingStateChangedDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Turns each event that has a feed number into its ITCH 5.0 message. Publisher thread; allocates
 * nothing.
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
  private static final byte NOT_AVAILABLE = ' ';
  private static final byte YES = 'Y';
  private static final byte NO = 'N';
  private static final byte OTHER_ISSUE = 'Q';
  private static final byte PRODUCTION = 'P';
  private static final byte ATTRIBUTED = 'A';
  private static final byte BUY = 'B';
  private static final byte SELL = 'S';
  private static final byte REPLACED = 'U';
  private static final byte DELETED = 'D';
  private static final int MARKET_WIDE = 0;
  private static final int NO_TRACKING = 0;
  private static final short NO_SUB_TYPE = ItchText.alpha2("Z");

  private final FeedNotifiedDecoder feedNotified = new FeedNotifiedDecoder();
  private final InstrumentListedDecoder listed = new InstrumentListedDecoder();
  private final TradingStateChangedDecoder stateChanged = new TradingStateChangedDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final OrderRestedDecoder rested = new OrderRestedDecoder();
  private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
  private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
  private final OrderModifiedDecoder modified = new OrderModifiedDecoder();
  private final OrderExecutedDecoder executed = new OrderExecutedDecoder();

  private final SystemEvent systemEvent = new SystemEvent();
  private final StockDirectory directory = new StockDirectory();
  private final TradingAction tradingAction = new TradingAction();
  private final AddOrder addOrder = new AddOrder();
  private final AddAttributedOrder addAttributed = new AddAttributedOrder();
  private final OrderReplace orderReplace = new OrderReplace();
  private final OrderCancel orderCancel = new OrderCancel();
  private final OrderDelete orderDelete = new OrderDelete();
  private final OrderExecuted orderExecuted = new OrderExecuted();

  private final FeedPacker packer;
  private final AtomicCounter skipped;
  private long wireTimeNs;

  /**
   * @param skipped counts messages that were published before the restart
   */
  FeedEncoder(FeedPacker packer, AtomicCounter skipped) {
    this.packer = packer;
    this.skipped = skipped;
  }

  /**
   * Packs the message of an event, if it has one.
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
    this.wireTimeNs = wireTimeNs;
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
      begin(systemEvent, MARKET_WIDE);
      systemEvent.eventCode(event.eventCode());
    }
  }

  private void onListed(InstrumentListedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      begin(directory, event.instrumentId());
      directory
          .stock(event.symbol())
          .marketCategory(NOT_AVAILABLE)
          .financialStatus(NOT_AVAILABLE)
          .roundLotSize(event.lot())
          .roundLotsOnly(YES)
          .issueClassification(OTHER_ISSUE)
          .issueSubType(NO_SUB_TYPE)
          .authenticity(PRODUCTION)
          .shortSaleThreshold(NOT_AVAILABLE)
          .ipoFlag(NOT_AVAILABLE)
          .luldReferencePriceTier(NOT_AVAILABLE)
          .etpFlag(NO)
          .etpLeverageFactor(0)
          .inverseIndicator(NO);
    }
  }

  private void onStateChanged(TradingStateChangedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      begin(tradingAction, event.instrumentId());
      tradingAction
          .stock(event.symbol())
          .tradingState(event.tradingState())
          .reserved(NOT_AVAILABLE)
          .reason(
              alpha4(
                  event.buffer(),
                  event.offset() + TradingStateChangedDecoder.reasonEncodingOffset()));
    }
  }

  private void onAccepted(OrderAcceptedDecoder event) {
    if (!isDue(event.feedMessageNumber())) {
      return;
    }
    int firm = event.offset() + OrderAcceptedDecoder.attributionEncodingOffset();
    add(
        event.instrumentId(),
        event.orderNumber(),
        event.side(),
        event.quantity(),
        event.symbol(),
        event.price(),
        event.display() == ATTRIBUTED,
        alpha4(event.buffer(), firm));
  }

  private void onRested(OrderRestedDecoder event) {
    if (!isDue(event.feedMessageNumber())) {
      return;
    }
    int firm = event.offset() + OrderRestedDecoder.attributionEncodingOffset();
    add(
        event.instrumentId(),
        event.orderNumber(),
        event.side(),
        event.quantity(),
        event.symbol(),
        event.price(),
        event.display() == ATTRIBUTED,
        alpha4(event.buffer(), firm));
  }

  private void onReplaced(OrderReplacedDecoder event) {
    if (!isDue(event.feedMessageNumber())) {
      return;
    }
    switch (event.feedAction()) {
      case REPLACED -> {
        begin(orderReplace, event.instrumentId());
        orderReplace
            .originalOrderReference(event.origOrderNumber())
            .newOrderReference(event.orderNumber())
            .shares(event.quantity())
            .price(event.price());
      }
      case DELETED -> delete(event.instrumentId(), event.origOrderNumber());
      default -> throw new IllegalStateException("feedAction=" + event.feedAction());
    }
  }

  private void onCanceled(OrderCanceledDecoder event) {
    if (!isDue(event.feedMessageNumber())) {
      return;
    }
    if (event.remaining() == 0) {
      delete(event.instrumentId(), event.orderNumber());
    } else {
      cancel(event.instrumentId(), event.orderNumber(), event.quantity());
    }
  }

  private void onModified(OrderModifiedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      cancel(event.instrumentId(), event.orderNumber(), event.decrement());
    }
  }

  private void onExecuted(OrderExecutedDecoder event) {
    if (isDue(event.feedMessageNumber())) {
      begin(orderExecuted, event.instrumentId());
      orderExecuted
          .orderReference(event.restingOrderNumber())
          .executedShares(event.quantity())
          .matchNumber(event.matchNumber());
    }
  }

  private void add(
      int locate,
      long orderNumber,
      byte side,
      long quantity,
      long symbol,
      long price,
      boolean attributed,
      int firm) {
    // Short sales (T, E) are sales to the market.
    byte itchSide = side == BUY ? BUY : SELL;
    if (attributed) {
      begin(addAttributed, locate);
      addAttributed
          .orderReference(orderNumber)
          .side(itchSide)
          .shares(quantity)
          .stock(symbol)
          .price(price)
          .attribution(firm);
    } else {
      begin(addOrder, locate);
      addOrder
          .orderReference(orderNumber)
          .side(itchSide)
          .shares(quantity)
          .stock(symbol)
          .price(price);
    }
  }

  private void cancel(int locate, long orderNumber, long quantity) {
    begin(orderCancel, locate);
    orderCancel.orderReference(orderNumber).cancelledShares(quantity);
  }

  private void delete(int locate, long orderNumber) {
    begin(orderDelete, locate);
    orderDelete.orderReference(orderNumber);
  }

  private boolean isDue(long feedMessageNumber) {
    if (feedMessageNumber == 0) {
      return false;
    }
    boolean due = packer.accepts(feedMessageNumber);
    if (!due) {
      skipped.getAndAddRelease(1);
    }
    return due;
  }

  private void begin(ItchMessage message, int locate) {
    int offset = packer.claim(message.length());
    message.begin(packer.buffer(), offset, locate, NO_TRACKING, wireTimeNs);
  }

  /** Four characters of an event, where SBE pads with zeros, padded with spaces. */
  private static int alpha4(DirectBuffer buffer, int offset) {
    int text = buffer.getInt(offset, ByteOrder.BIG_ENDIAN);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      if (((text >>> shift) & 0xFF) == 0) {
        text |= ' ' << shift;
      }
    }
    return text;
  }
}
