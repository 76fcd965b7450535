package io.tradepit.protocol.itch;

/**
 * Takes the messages that {@link ItchDecoder} finds. A message is valid during the call only. What
 * a listener does not override it ignores.
 */
public interface ItchListener {
  default void onSystemEvent(SystemEvent message) {}

  default void onStockDirectory(StockDirectory message) {}

  default void onTradingAction(TradingAction message) {}

  default void onRegSho(RegSho message) {}

  default void onParticipantPosition(ParticipantPosition message) {}

  default void onMwcbDeclineLevel(MwcbDeclineLevel message) {}

  default void onMwcbStatus(MwcbStatus message) {}

  default void onIpoQuotingPeriod(IpoQuotingPeriod message) {}

  default void onLuldCollar(LuldCollar message) {}

  default void onOperationalHalt(OperationalHalt message) {}

  default void onAddOrder(AddOrder message) {}

  default void onAddAttributedOrder(AddAttributedOrder message) {}

  default void onOrderExecuted(OrderExecuted message) {}

  default void onOrderExecutedWithPrice(OrderExecutedWithPrice message) {}

  default void onOrderCancel(OrderCancel message) {}

  default void onOrderDelete(OrderDelete message) {}

  default void onOrderReplace(OrderReplace message) {}

  default void onTrade(Trade message) {}

  default void onCrossTrade(CrossTrade message) {}

  default void onBrokenTrade(BrokenTrade message) {}

  default void onImbalance(Imbalance message) {}

  default void onRetailInterest(RetailInterest message) {}

  default void onDirectListing(DirectListing message) {}

  /**
   * A message whose type ITCH 5.0 does not have; only framing by length gets past it.
   *
   * @param length as the framing states it, bytes
   */
  default void onUnknown(byte type, int length) {}
}
