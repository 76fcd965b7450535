package io.tradepit.tools.member;

import io.tradepit.tools.terminal.Figures;

/**
 * One of the member's orders as its answers have left it.
 *
 * @param number the member's own, UserRefNum
 * @param price in units of 0.0001
 * @param open shares that may still execute
 * @param executed shares that did, those of the orders that it replaced included
 */
record MemberOrder(long number, boolean buy, String symbol, long price, long open, long executed) {
  MemberOrder executed(long quantity) {
    return new MemberOrder(number, buy, symbol, price, open - quantity, executed + quantity);
  }

  MemberOrder canceled(long quantity) {
    return new MemberOrder(number, buy, symbol, price, open - quantity, executed);
  }

  MemberOrder leaving(long shares) {
    return new MemberOrder(number, buy, symbol, price, shares, executed);
  }

  /** {@code buy 100 MAPLE at 72.15}. */
  String terms() {
    return (buy ? "buy " : "sell ")
        + Figures.whole(open)
        + " "
        + symbol
        + " at "
        + Figures.price(price);
  }
}
