package io.tradepit.tools.demo;

/** How a simulated member behaves. */
interface Trader {
  /** What it is, in a word or two. */
  String role();

  /** Acts once: sends a request, or thinks better of it. */
  void act(OrderTable orders);
}
