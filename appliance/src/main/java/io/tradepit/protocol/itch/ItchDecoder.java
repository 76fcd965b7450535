package io.tradepit.protocol.itch;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Finds ITCH 5.0 messages in bytes and hands each to a listener; allocates nothing. One thread.
 *
 * <p>Three framings: one message of known length (a MoldUDP64 block, a SoupBinTCP packet), messages
 * that each follow a two-byte length (BinaryFILE), and messages back to back, framed by the lengths
 * of their types alone.
 */
public final class ItchDecoder {
  /** Returned when the bytes end within a message or state a length that its type cannot have. */
  public static final int MALFORMED = -1;

  /** Returned by {@link #decodeUnframed}: where a message of unknown type ends cannot be known. */
  public static final int UNKNOWN_TYPE = -2;

  private static final int PREFIX_LENGTH = 2;

  private final SystemEvent systemEvent = new SystemEvent();
  private final StockDirectory stockDirectory = new StockDirectory();
  private final TradingAction tradingAction = new TradingAction();
  private final RegSho regSho = new RegSho();
  private final ParticipantPosition participantPosition = new ParticipantPosition();
  private final MwcbDeclineLevel mwcbDeclineLevel = new MwcbDeclineLevel();
  private final MwcbStatus mwcbStatus = new MwcbStatus();
  private final IpoQuotingPeriod ipoQuotingPeriod = new IpoQuotingPeriod();
  private final LuldCollar luldCollar = new LuldCollar();
  private final OperationalHalt operationalHalt = new OperationalHalt();
  private final AddOrder addOrder = new AddOrder();
  private final AddAttributedOrder addAttributedOrder = new AddAttributedOrder();
  private final OrderExecuted orderExecuted = new OrderExecuted();
  private final OrderExecutedWithPrice orderExecutedWithPrice = new OrderExecutedWithPrice();
  private final OrderCancel orderCancel = new OrderCancel();
  private final OrderDelete orderDelete = new OrderDelete();
  private final OrderReplace orderReplace = new OrderReplace();
  private final Trade trade = new Trade();
  private final CrossTrade crossTrade = new CrossTrade();
  private final BrokenTrade brokenTrade = new BrokenTrade();
  private final Imbalance imbalance = new Imbalance();
  private final RetailInterest retailInterest = new RetailInterest();
  private final DirectListing directListing = new DirectListing();

  /**
   * One message. One that is longer than its type is a newer edition and is read as far as it is
   * known; one of unknown type goes to {@link ItchListener#onUnknown}.
   *
   * @param length as the framing states it, bytes
   * @return the length, or {@link #MALFORMED}
   */
  public int decode(DirectBuffer buffer, int offset, int length, ItchListener listener) {
    if (length < 1) {
      return MALFORMED;
    }
    byte type = buffer.getByte(offset);
    int known = ItchType.lengthOf(type);
    if (known == ItchType.UNKNOWN) {
      listener.onUnknown(type, length);
      return length;
    }
    if (length < known) {
      return MALFORMED;
    }
    dispatch(type, buffer, offset, listener);
    return length;
  }

  /**
   * Messages that each follow their length as an unsigned 16-bit number; length 0 is skipped.
   *
   * @return how many messages were there, or {@link #MALFORMED}
   */
  public int decodeFramed(DirectBuffer buffer, int offset, int length, ItchListener listener) {
    int count = 0;
    int at = offset;
    int end = offset + length;
    while (end - at >= PREFIX_LENGTH) {
      int messageLength = buffer.getShort(at, ByteOrder.BIG_ENDIAN) & 0xFFFF;
      at += PREFIX_LENGTH;
      if (messageLength > 0) {
        if (messageLength > end - at || decode(buffer, at, messageLength, listener) == MALFORMED) {
          return MALFORMED;
        }
        count++;
      }
      at += messageLength;
    }
    return at == end ? count : MALFORMED;
  }

  /**
   * Messages back to back.
   *
   * @return how many messages were there, {@link #MALFORMED} or {@link #UNKNOWN_TYPE}
   */
  public int decodeUnframed(DirectBuffer buffer, int offset, int length, ItchListener listener) {
    int count = 0;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int messageLength = ItchType.lengthOf(buffer.getByte(at));
      if (messageLength == ItchType.UNKNOWN) {
        return UNKNOWN_TYPE;
      }
      if (messageLength > end - at) {
        return MALFORMED;
      }
      decode(buffer, at, messageLength, listener);
      at += messageLength;
      count++;
    }
    return count;
  }

  private void dispatch(byte type, DirectBuffer buffer, int offset, ItchListener listener) {
    switch (type) {
      case ItchType.SYSTEM_EVENT -> {
        systemEvent.wrap(buffer, offset);
        listener.onSystemEvent(systemEvent);
      }
      case ItchType.STOCK_DIRECTORY -> {
        stockDirectory.wrap(buffer, offset);
        listener.onStockDirectory(stockDirectory);
      }
      case ItchType.TRADING_ACTION -> {
        tradingAction.wrap(buffer, offset);
        listener.onTradingAction(tradingAction);
      }
      case ItchType.REG_SHO -> {
        regSho.wrap(buffer, offset);
        listener.onRegSho(regSho);
      }
      case ItchType.PARTICIPANT_POSITION -> {
        participantPosition.wrap(buffer, offset);
        listener.onParticipantPosition(participantPosition);
      }
      case ItchType.MWCB_DECLINE_LEVEL -> {
        mwcbDeclineLevel.wrap(buffer, offset);
        listener.onMwcbDeclineLevel(mwcbDeclineLevel);
      }
      case ItchType.MWCB_STATUS -> {
        mwcbStatus.wrap(buffer, offset);
        listener.onMwcbStatus(mwcbStatus);
      }
      case ItchType.IPO_QUOTING_PERIOD -> {
        ipoQuotingPeriod.wrap(buffer, offset);
        listener.onIpoQuotingPeriod(ipoQuotingPeriod);
      }
      case ItchType.LULD_COLLAR -> {
        luldCollar.wrap(buffer, offset);
        listener.onLuldCollar(luldCollar);
      }
      case ItchType.OPERATIONAL_HALT -> {
        operationalHalt.wrap(buffer, offset);
        listener.onOperationalHalt(operationalHalt);
      }
      case ItchType.ADD_ORDER -> {
        addOrder.wrap(buffer, offset);
        listener.onAddOrder(addOrder);
      }
      case ItchType.ADD_ATTRIBUTED_ORDER -> {
        addAttributedOrder.wrap(buffer, offset);
        listener.onAddAttributedOrder(addAttributedOrder);
      }
      case ItchType.ORDER_EXECUTED -> {
        orderExecuted.wrap(buffer, offset);
        listener.onOrderExecuted(orderExecuted);
      }
      case ItchType.ORDER_EXECUTED_WITH_PRICE -> {
        orderExecutedWithPrice.wrap(buffer, offset);
        listener.onOrderExecutedWithPrice(orderExecutedWithPrice);
      }
      case ItchType.ORDER_CANCEL -> {
        orderCancel.wrap(buffer, offset);
        listener.onOrderCancel(orderCancel);
      }
      case ItchType.ORDER_DELETE -> {
        orderDelete.wrap(buffer, offset);
        listener.onOrderDelete(orderDelete);
      }
      case ItchType.ORDER_REPLACE -> {
        orderReplace.wrap(buffer, offset);
        listener.onOrderReplace(orderReplace);
      }
      case ItchType.TRADE -> {
        trade.wrap(buffer, offset);
        listener.onTrade(trade);
      }
      case ItchType.CROSS_TRADE -> {
        crossTrade.wrap(buffer, offset);
        listener.onCrossTrade(crossTrade);
      }
      case ItchType.BROKEN_TRADE -> {
        brokenTrade.wrap(buffer, offset);
        listener.onBrokenTrade(brokenTrade);
      }
      case ItchType.IMBALANCE -> {
        imbalance.wrap(buffer, offset);
        listener.onImbalance(imbalance);
      }
      case ItchType.RETAIL_INTEREST -> {
        retailInterest.wrap(buffer, offset);
        listener.onRetailInterest(retailInterest);
      }
      case ItchType.DIRECT_LISTING -> {
        directListing.wrap(buffer, offset);
        listener.onDirectListing(directListing);
      }
      default -> throw new IllegalStateException("itchType=" + type);
    }
  }
}
