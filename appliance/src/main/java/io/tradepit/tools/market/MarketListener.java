package io.tradepit.tools.market;

/** Hears what happens in a {@link Market}, on the thread that polls the feed. */
public interface MarketListener {
  /**
   * A trade of displayed orders.
   *
   * @param bought whether the incoming side bought
   * @param timeNs since midnight of the trading day
   */
  default void onTrade(
      MarketInstrument instrument, long price, long quantity, boolean bought, long timeNs) {}

  /** Trading in the instrument was halted, or goes on. */
  default void onState(MarketInstrument instrument) {}
}
