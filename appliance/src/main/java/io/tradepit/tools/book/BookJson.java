package io.tradepit.tools.book;

import io.tradepit.matching.book.BookDepth;
import io.tradepit.telemetry.Json;
import io.tradepit.tools.terminal.Figures;
import java.util.Locale;
import java.util.StringJoiner;

/** What a look has seen as one JSON object. Prices are texts: 72.15. */
final class BookJson {
  private BookJson() {}

  static String of(BookSight sight) {
    BookDepth depth = sight.depth();
    StringJoiner json = new StringJoiner(",", "{", "}");
    json.add(field("symbol", Json.text(sight.symbol())));
    json.add(field("look", Json.text(sight.look().name().toLowerCase(Locale.ROOT))));
    json.add(field("running", Boolean.toString(sight.running())));
    json.add(field("pid", Long.toString(sight.pid())));
    json.add(field("lastSequence", Long.toString(sight.lastSequence())));
    if (sight.look() != SegmentBooks.Look.BUSY) {
      json.add(field("version", Long.toString(depth.version())));
      json.add(field("halted", Boolean.toString(sight.isHalted())));
      json.add(field("tick", Json.text(Figures.price(depth.tick()))));
      json.add(field("lot", Integer.toString(depth.lot())));
      json.add(field("bidLevels", Integer.toString(depth.bids().levels())));
      json.add(field("askLevels", Integer.toString(depth.asks().levels())));
      json.add(field("bids", levels(depth.bids())));
      json.add(field("asks", levels(depth.asks())));
    }
    return json.toString();
  }

  private static String levels(BookDepth.Side side) {
    StringJoiner levels = new StringJoiner(",", "[", "]");
    for (int i = 0; i < side.count(); i++) {
      StringJoiner level = new StringJoiner(",", "{", "}");
      level.add(field("price", Json.text(Figures.price(side.price(i)))));
      level.add(field("quantity", Long.toString(side.quantity(i))));
      level.add(field("orders", Integer.toString(side.orders(i))));
      levels.add(level.toString());
    }
    return levels.toString();
  }

  private static String field(String name, String json) {
    return Json.text(name) + ":" + json;
  }
}
