package io.tradepit.tools.journal;

import io.tradepit.matching.Matcher;
import io.tradepit.telemetry.Json;
import io.tradepit.tools.terminal.Depth;
import io.tradepit.tools.terminal.Figures;
import java.util.List;
import java.util.StringJoiner;

/** A book of the past as one JSON object, with its orders. Prices are texts: 72.15. */
final class BookAtJson {
  private BookAtJson() {}

  static String of(int day, Matcher matcher, RecordedBook book, Depth depth) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    json.add("\"day\":" + day);
    json.add("\"sequence\":" + matcher.lastSequence());
    json.add("\"timeNs\":" + matcher.lastTimeNs());
    json.add("\"symbol\":" + Json.text(depth.symbol()));
    json.add("\"halted\":" + depth.halted());
    json.add("\"bids\":" + side(book.bids(), depth.bids()));
    json.add("\"asks\":" + side(book.asks(), depth.asks()));
    return json.toString();
  }

  private static String side(List<RecordedBook.Order> orders, List<Depth.Level> levels) {
    StringJoiner json = new StringJoiner(",", "[", "]");
    int next = 0;
    for (Depth.Level level : levels) {
      List<RecordedBook.Order> ofLevel = orders.subList(next, next + level.orders());
      next += level.orders();
      json.add(
          "{\"price\":"
              + Json.text(Figures.price(level.price()))
              + ",\"quantity\":"
              + level.quantity()
              + ",\"orders\":"
              + orders(ofLevel)
              + "}");
    }
    return json.toString();
  }

  private static String orders(List<RecordedBook.Order> orders) {
    StringJoiner json = new StringJoiner(",", "[", "]");
    for (RecordedBook.Order order : orders) {
      json.add(
          "{\"orderNumber\":"
              + order.orderNumber()
              + ",\"side\":"
              + Json.text(Character.toString(order.side()))
              + ",\"quantity\":"
              + order.quantity()
              + ",\"username\":"
              + Json.text(order.username())
              + ",\"userRefNum\":"
              + order.userRefNum()
              + "}");
    }
    return json.toString();
  }
}
