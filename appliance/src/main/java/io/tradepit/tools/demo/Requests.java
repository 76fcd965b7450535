package io.tradepit.tools.demo;

import io.tradepit.tools.market.MarketInstrument;

/** Where a simulated member's requests go; answers come to its {@link OrderTable}. */
interface Requests {
  void enter(
      long number,
      MarketInstrument instrument,
      boolean buy,
      long quantity,
      long price,
      boolean immediate);

  /**
   * @param chainQuantity what was executed before included
   */
  void replace(long original, long number, long chainQuantity, long price);

  void cancel(long number);
}
