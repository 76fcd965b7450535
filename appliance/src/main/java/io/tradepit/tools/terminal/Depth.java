package io.tradepit.tools.terminal;

import java.util.List;

/**
 * A book as far as it is to be drawn. Prices are in units of 0.0001.
 *
 * @param halted whether trading in it is halted
 * @param bids best first
 * @param asks best first
 * @param lastPrice of the last trade
 * @param lastQuantity of the last trade; 0 when there was none
 */
public record Depth(
    String symbol,
    boolean halted,
    List<Level> bids,
    List<Level> asks,
    long lastPrice,
    long lastQuantity) {

  /**
   * A price level.
   *
   * @param quantity shares at it, above 0
   * @param orders how many; 0 when that is not known
   */
  public record Level(long price, long quantity, int orders) {}

  public Depth {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }

  /** Whether both sides have a level. */
  public boolean isTwoSided() {
    return !bids.isEmpty() && !asks.isEmpty();
  }

  /** Best ask less best bid; 0 unless there are both. */
  public long spread() {
    return isTwoSided() ? asks.getFirst().price() - bids.getFirst().price() : 0;
  }
}
