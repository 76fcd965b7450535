package io.tradepit.tools.demo;

import io.tradepit.tools.terminal.Depth;
import java.util.List;
import java.util.Map;

/**
 * What there is to see at one moment; immutable. Prices in units of 0.0001.
 *
 * @param elapsedNs since trading began
 * @param depth of the selected instrument
 * @param selected its place among the instruments, from 0
 * @param tape the last trades, newest first
 * @param ordersPerSecond requests of all members in each of the last seconds, oldest first
 */
record FloorPicture(
    long elapsedNs,
    Depth depth,
    int selected,
    List<Row> instruments,
    List<Print> tape,
    List<Member> members,
    Rates rates,
    List<Long> ordersPerSecond,
    Map<Integer, Long> rejects) {

  /**
   * An instrument's line.
   *
   * @param decimals that its prices are shown with
   * @param trend prices of the last seconds, oldest first
   */
  record Row(
      String symbol,
      boolean halted,
      int decimals,
      long bid,
      long ask,
      long last,
      long reference,
      long volume,
      long trades,
      List<Long> trend) {}

  /** A trade; {@code timeNs} since midnight of the trading day. */
  record Print(
      String symbol, int decimals, long price, long quantity, boolean bought, long timeNs) {}

  /** A member's line. */
  record Member(String user, String role, long sent, long fills, int openOrders) {}

  /**
   * Events in the last whole second.
   *
   * @param answerTimes of the last seconds
   */
  record Rates(long orders, long trades, long feedMessages, Times answerTimes) {}

  /** Percentiles in nanoseconds; all 0 while there was no answer. */
  record Times(long p50, long p90, long p99, long p999, long max) {
    static final Times NONE = new Times(0, 0, 0, 0, 0);
  }
}
