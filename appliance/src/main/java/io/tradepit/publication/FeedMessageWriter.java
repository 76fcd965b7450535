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
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Writes the ITCH 5.0 messages of this venue, with the constants that stand where it knows nothing.
 * One thread; allocates nothing.
 */
final class FeedMessageWriter {
  private static final byte NOT_AVAILABLE = ' ';
  private static final byte YES = 'Y';
  private static final byte NO = 'N';
  private static final byte OTHER_ISSUE = 'Q';
  private static final byte PRODUCTION = 'P';
  private static final byte ATTRIBUTED = 'A';
  private static final byte BUY = 'B';
  private static final byte SELL = 'S';
  private static final int MARKET_WIDE = 0;
  private static final int NO_TRACKING = 0;
  private static final short NO_SUB_TYPE = ItchText.alpha2("Z");

  private final SystemEvent systemEvent = new SystemEvent();
  private final StockDirectory directory = new StockDirectory();
  private final TradingAction tradingAction = new TradingAction();
  private final AddOrder addOrder = new AddOrder();
  private final AddAttributedOrder addAttributed = new AddAttributedOrder();
  private final OrderReplace orderReplace = new OrderReplace();
  private final OrderCancel orderCancel = new OrderCancel();
  private final OrderDelete orderDelete = new OrderDelete();
  private final OrderExecuted orderExecuted = new OrderExecuted();

  private final MessagePlace place;
  private long wireTimeNs;

  FeedMessageWriter(MessagePlace place) {
    this.place = place;
  }

  /** Stamp of the messages that follow, nanoseconds since midnight of the trading day. */
  void time(long sinceMidnightNs) {
    wireTimeNs = sinceMidnightNs;
  }

  void systemEvent(byte code) {
    begin(systemEvent, MARKET_WIDE);
    systemEvent.eventCode(code);
  }

  void directory(int locate, long symbol, long lot) {
    begin(directory, locate);
    directory
        .stock(symbol)
        .marketCategory(NOT_AVAILABLE)
        .financialStatus(NOT_AVAILABLE)
        .roundLotSize(lot)
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

  /**
   * @param reason in which the four characters of the reason stand at {@code reasonOffset}
   */
  void tradingState(int locate, long symbol, byte state, DirectBuffer reason, int reasonOffset) {
    begin(tradingAction, locate);
    tradingAction
        .stock(symbol)
        .tradingState(state)
        .reserved(NOT_AVAILABLE)
        .reason(alpha4(reason, reasonOffset));
  }

  /**
   * A or F.
   *
   * @param side as the member sent it; short sales (T, E) are sales to the market
   * @param display A = with the firm
   * @param firm in which its four characters stand at {@code firmOffset}
   */
  void add(
      int locate,
      long orderNumber,
      byte side,
      long quantity,
      long symbol,
      long price,
      byte display,
      DirectBuffer firm,
      int firmOffset) {
    byte itchSide = side == BUY ? BUY : SELL;
    if (display == ATTRIBUTED) {
      begin(addAttributed, locate);
      addAttributed
          .orderReference(orderNumber)
          .side(itchSide)
          .shares(quantity)
          .stock(symbol)
          .price(price)
          .attribution(alpha4(firm, firmOffset));
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

  void replace(int locate, long original, long orderNumber, long quantity, long price) {
    begin(orderReplace, locate);
    orderReplace
        .originalOrderReference(original)
        .newOrderReference(orderNumber)
        .shares(quantity)
        .price(price);
  }

  void cancel(int locate, long orderNumber, long quantity) {
    begin(orderCancel, locate);
    orderCancel.orderReference(orderNumber).cancelledShares(quantity);
  }

  void delete(int locate, long orderNumber) {
    begin(orderDelete, locate);
    orderDelete.orderReference(orderNumber);
  }

  void executed(int locate, long orderNumber, long quantity, long matchNumber) {
    begin(orderExecuted, locate);
    orderExecuted.orderReference(orderNumber).executedShares(quantity).matchNumber(matchNumber);
  }

  private void begin(ItchMessage message, int locate) {
    int offset = place.claim(message.length());
    message.begin(place.buffer(), offset, locate, NO_TRACKING, wireTimeNs);
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
