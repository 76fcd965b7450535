package io.tradepit.tools.member;

/** What a person asks for. Prices are in units of 0.0001. */
sealed interface Command {
  /**
   * A new order.
   *
   * @param immediate what does not match at once is canceled
   */
  record Enter(boolean buy, long quantity, String symbol, long price, boolean immediate)
      implements Command {}

  /**
   * A new quantity and price for an order.
   *
   * @param quantity to be open afterwards, beside what was executed
   */
  record Replace(long order, long quantity, long price) implements Command {}

  record Cancel(long order) implements Command {}

  record CancelAll() implements Command {}

  record Orders() implements Command {}

  record Positions() implements Command {}

  record Book(String symbol, int levels) implements Command {}

  record Watch(String symbol) implements Command {}

  record Symbols() implements Command {}

  record Log(int lines) implements Command {}

  record Help() implements Command {}

  record Quit() implements Command {}

  /** An empty line or a comment. */
  record Nothing() implements Command {}
}
