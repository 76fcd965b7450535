package io.tradepit.tools.member;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What fills have made of one instrument: shares held, at what average price, and the profit
 * already made. Amounts are exact, in units of 0.0001 of the currency; a closed part of a position
 * takes its share of what the whole has cost, rounded half to even.
 *
 * @param shares held; below 0 when more were sold than bought
 * @param cost paid for the shares held; below 0 when they were sold
 * @param realised profit of what was closed
 */
record Position(long shares, long cost, long realised) {
  static final Position NONE = new Position(0, 0, 0);

  /**
   * The position after a fill.
   *
   * @param quantity above 0
   * @param price4 above 0
   */
  Position after(boolean bought, long quantity, long price4) {
    long signed = bought ? quantity : -quantity;
    long closed =
        Long.signum(shares) == -Long.signum(signed) ? Math.min(Math.abs(shares), quantity) : 0;
    long costOfClosed = closed == 0 ? 0 : share(cost, closed, Math.abs(shares));
    long paidForClosed = Math.multiplyExact(bought ? closed : -closed, price4);
    long opened = quantity - closed;
    long paidForOpened = Math.multiplyExact(bought ? opened : -opened, price4);
    return new Position(
        shares + signed,
        cost - costOfClosed + paidForOpened,
        realised - paidForClosed - costOfClosed);
  }

  /** Average price of the shares held, in units of 0.0001, rounded; 0 when there are none. */
  long averagePrice() {
    return shares == 0 ? 0 : share(cost, 1, shares);
  }

  /**
   * The profit if all were closed at a price.
   *
   * @param mark4 the price
   */
  long openProfit(long mark4) {
    return Math.multiplyExact(shares, mark4) - cost;
  }

  private static long share(long whole, long part, long of) {
    return BigDecimal.valueOf(whole)
        .multiply(BigDecimal.valueOf(part))
        .divide(BigDecimal.valueOf(of), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
