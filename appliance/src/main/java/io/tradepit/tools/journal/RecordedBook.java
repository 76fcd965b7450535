package io.tradepit.tools.journal;

import io.tradepit.matching.Matcher;
import io.tradepit.matching.SnapshotWriter;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.SnapshotInstrumentDecoder;
import io.tradepit.protocol.sbe.SnapshotOrderDecoder;
import io.tradepit.protocol.sbe.SnapshotSessionDecoder;
import io.tradepit.tools.terminal.Depth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** The book of one instrument in the state of a matcher, order by order. */
final class RecordedBook {
  private static final int MESSAGES = 1 << 12;

  /**
   * A resting order.
   *
   * @param price in units of 0.0001
   */
  record Order(
      long orderNumber, char side, long price, long quantity, String username, long userRefNum) {}

  private final String symbol;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final Map<Integer, String> usernames = new HashMap<>();
  private final List<String> symbols = new ArrayList<>();
  private final List<Order> bids = new ArrayList<>();
  private final List<Order> asks = new ArrayList<>();
  private int instrument;
  private boolean isHalted;

  private RecordedBook(String symbol) {
    this.symbol = symbol;
  }

  /** Reads the book out of a matcher's state, as a snapshot has it. */
  static RecordedBook of(Matcher matcher, String symbol) {
    RecordedBook book = new RecordedBook(symbol);
    SnapshotWriter snapshot = new SnapshotWriter(matcher);
    snapshot.begin();
    while (!snapshot.isComplete()) {
      snapshot.write(book::onMessage, MESSAGES);
    }
    return book;
  }

  private boolean onMessage(DirectBuffer buffer, int offset, int length) {
    header.wrap(buffer, offset);
    switch (header.templateId()) {
      case SnapshotInstrumentDecoder.TEMPLATE_ID -> onInstrument(buffer, offset);
      case SnapshotSessionDecoder.TEMPLATE_ID -> {
        SnapshotSessionDecoder session =
            new SnapshotSessionDecoder().wrapAndApplyHeader(buffer, offset, header);
        usernames.put(session.sessionId(), session.username().strip());
      }
      case SnapshotOrderDecoder.TEMPLATE_ID -> onOrder(buffer, offset);
      default -> {
        // Says nothing of a book.
      }
    }
    return true;
  }

  private void onInstrument(DirectBuffer buffer, int offset) {
    SnapshotInstrumentDecoder listed =
        new SnapshotInstrumentDecoder().wrapAndApplyHeader(buffer, offset, header);
    String name = ItchText.symbol(listed.symbol());
    symbols.add(name);
    if (name.equals(symbol)) {
      instrument = listed.instrumentId();
      isHalted = listed.tradingState() == 'H';
    }
  }

  private void onOrder(DirectBuffer buffer, int offset) {
    SnapshotOrderDecoder order =
        new SnapshotOrderDecoder().wrapAndApplyHeader(buffer, offset, header);
    if (order.instrumentId() == instrument) {
      char side = (char) order.side();
      (side == 'B' ? bids : asks)
          .add(
              new Order(
                  order.orderNumber(),
                  side,
                  order.price(),
                  order.remaining(),
                  usernames.get(order.sessionId()),
                  order.userRefNum()));
    }
  }

  /** From 1; 0 when the symbol is of no instrument at this moment. */
  int instrument() {
    return instrument;
  }

  List<String> symbols() {
    return symbols;
  }

  /** Best price first, first in time first. */
  List<Order> bids() {
    return bids;
  }

  /** Best price first, first in time first. */
  List<Order> asks() {
    return asks;
  }

  /**
   * For a ladder.
   *
   * @param levels of each side at most
   */
  Depth depth(int levels, long lastPrice, long lastQuantity) {
    return new Depth(
        symbol, isHalted, levels(bids, levels), levels(asks, levels), lastPrice, lastQuantity);
  }

  private static List<Depth.Level> levels(List<Order> orders, int most) {
    List<Depth.Level> levels = new ArrayList<>();
    for (int i = 0; i < orders.size() && levels.size() < most; ) {
      long price = orders.get(i).price();
      long quantity = 0;
      int count = 0;
      for (; i < orders.size() && orders.get(i).price() == price; i++) {
        quantity += orders.get(i).quantity();
        count++;
      }
      levels.add(new Depth.Level(price, quantity, count));
    }
    return levels;
  }
}
