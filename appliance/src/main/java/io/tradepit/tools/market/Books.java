package io.tradepit.tools.market;

import io.tradepit.tools.terminal.Depth;

/** Where the books of a segment's instruments can be looked up. */
@FunctionalInterface
public interface Books {
  /**
   * The book as it is now.
   *
   * @param levels of each side at most, 1 or more
   */
  Depth depth(MarketInstrument instrument, int levels);

  /** Best price to buy, or 0. */
  default long bestBid(MarketInstrument instrument) {
    Depth depth = depth(instrument, 1);
    return depth.bids().isEmpty() ? 0 : depth.bids().getFirst().price();
  }

  /** Best price to sell, or 0. */
  default long bestAsk(MarketInstrument instrument) {
    Depth depth = depth(instrument, 1);
    return depth.asks().isEmpty() ? 0 : depth.asks().getFirst().price();
  }
}
