package io.tradepit.protocol.itch;

import java.util.function.Consumer;

/** Hands every message to one consumer, whatever its type. */
final class AnyMessage implements ItchListener {
  private final Consumer<ItchMessage> consumer;

  AnyMessage(Consumer<ItchMessage> consumer) {
    this.consumer = consumer;
  }

  @Override
  public void onSystemEvent(SystemEvent message) {
    consumer.accept(message);
  }

  @Override
  public void onStockDirectory(StockDirectory message) {
    consumer.accept(message);
  }

  @Override
  public void onTradingAction(TradingAction message) {
    consumer.accept(message);
  }

  @Override
  public void onRegSho(RegSho message) {
    consumer.accept(message);
  }

  @Override
  public void onParticipantPosition(ParticipantPosition message) {
    consumer.accept(message);
  }

  @Override
  public void onMwcbDeclineLevel(MwcbDeclineLevel message) {
    consumer.accept(message);
  }

  @Override
  public void onMwcbStatus(MwcbStatus message) {
    consumer.accept(message);
  }

  @Override
  public void onIpoQuotingPeriod(IpoQuotingPeriod message) {
    consumer.accept(message);
  }

  @Override
  public void onLuldCollar(LuldCollar message) {
    consumer.accept(message);
  }

  @Override
  public void onOperationalHalt(OperationalHalt message) {
    consumer.accept(message);
  }

  @Override
  public void onAddOrder(AddOrder message) {
    consumer.accept(message);
  }

  @Override
  public void onAddAttributedOrder(AddAttributedOrder message) {
    consumer.accept(message);
  }

  @Override
  public void onOrderExecuted(OrderExecuted message) {
    consumer.accept(message);
  }

  @Override
  public void onOrderExecutedWithPrice(OrderExecutedWithPrice message) {
    consumer.accept(message);
  }

  @Override
  public void onOrderCancel(OrderCancel message) {
    consumer.accept(message);
  }

  @Override
  public void onOrderDelete(OrderDelete message) {
    consumer.accept(message);
  }

  @Override
  public void onOrderReplace(OrderReplace message) {
    consumer.accept(message);
  }

  @Override
  public void onTrade(Trade message) {
    consumer.accept(message);
  }

  @Override
  public void onCrossTrade(CrossTrade message) {
    consumer.accept(message);
  }

  @Override
  public void onBrokenTrade(BrokenTrade message) {
    consumer.accept(message);
  }

  @Override
  public void onImbalance(Imbalance message) {
    consumer.accept(message);
  }

  @Override
  public void onRetailInterest(RetailInterest message) {
    consumer.accept(message);
  }

  @Override
  public void onDirectListing(DirectListing message) {
    consumer.accept(message);
  }

  @Override
  public void onUnknown(byte type, int length) {
    throw new AssertionError("unknownType=" + (char) type + " length=" + length);
  }
}
