package io.tradepit.tools.feed;

import io.tradepit.telemetry.Json;
import io.tradepit.tools.terminal.Figures;

/** Lines for programs: a JSON object each. Prices are texts, 72.15; times too. */
final class JsonLine implements Line {
  private final StringBuilder lines = new StringBuilder();
  private boolean first;

  private void begin() {
    lines.append('{');
    first = true;
  }

  @Override
  public Line message(long sequenceNumber, long timeOfDayNs, String type, String symbol) {
    begin();
    text("message", type);
    number("sequence", sequenceNumber);
    text("time", Line.timeOfDay(timeOfDayNs));
    return symbol.isEmpty() ? this : text("symbol", symbol);
  }

  @Override
  public Line note(String what) {
    begin();
    return text("note", what);
  }

  @Override
  public Line number(String name, long value) {
    return field(name, Long.toString(value));
  }

  @Override
  public Line price(String name, long price4) {
    return text(name, Figures.price(price4));
  }

  @Override
  public Line text(String name, String text) {
    return field(name, Json.text(text));
  }

  private Line field(String name, String json) {
    if (!first) {
      lines.append(',');
    }
    first = false;
    lines.append(Json.text(name)).append(':').append(json);
    return this;
  }

  @Override
  public void end() {
    lines.append("}\n");
  }

  @Override
  public String take() {
    String taken = lines.toString();
    lines.setLength(0);
    return taken;
  }
}
