package io.tradepit.tools.feed;

import io.tradepit.tools.terminal.Figures;

/** Lines for people: columns, then {@code name=value}. */
final class TextLine implements Line {
  private static final int SEQUENCE_WIDTH = 9;
  private static final int TYPE_WIDTH = 24;
  private static final int SYMBOL_WIDTH = 8;

  private final StringBuilder lines = new StringBuilder();

  @Override
  public Line message(long sequenceNumber, long timeOfDayNs, String type, String symbol) {
    String sequence = Long.toString(sequenceNumber);
    lines.append(Line.timeOfDay(timeOfDayNs));
    lines.append(" ".repeat(Math.max(1, SEQUENCE_WIDTH - sequence.length()))).append(sequence);
    lines.append("  ").append(padded(type, TYPE_WIDTH)).append(padded(symbol, SYMBOL_WIDTH));
    return this;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  @Override
  public Line note(String what) {
    lines.append("-- ").append(what);
    return this;
  }

  @Override
  public Line number(String name, long value) {
    return text(name, Long.toString(value));
  }

  @Override
  public Line price(String name, long price4) {
    return text(name, Figures.price(price4));
  }

  @Override
  public Line text(String name, String text) {
    lines.append(' ').append(name).append('=').append(text);
    return this;
  }

  @Override
  public void end() {
    int last = lines.length();
    while (lines.charAt(last - 1) == ' ') {
      last--;
    }
    lines.setLength(last);
    lines.append('\n');
  }

  @Override
  public String take() {
    String taken = lines.toString();
    lines.setLength(0);
    return taken;
  }
}
