package io.tradepit.tools.demo;

import io.tradepit.tools.market.MarketInstrument;
import io.tradepit.tools.market.MarketListener;
import io.tradepit.tools.terminal.Figures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last trades of all instruments, newest first, and how many there were. One thread. */
final class Tape implements MarketListener {
  private static final int KEPT = 64;

  private final Deque<FloorPicture.Print> prints = new ArrayDeque<>();
  private long trades;
  private long shares;

  @Override
  public void onTrade(
      MarketInstrument instrument, long price, long quantity, boolean bought, long timeNs) {
    trades++;
    shares += quantity;
    if (prints.size() == KEPT) {
      prints.removeLast();
    }
    prints.addFirst(
        new FloorPicture.Print(
            instrument.symbol(),
            Figures.decimals(instrument.tick()),
            price,
            quantity,
            bought,
            timeNs));
  }

  long trades() {
    return trades;
  }

  long shares() {
    return shares;
  }

  List<FloorPicture.Print> prints() {
    return List.copyOf(prints);
  }
}
