package io.tradepit.tools.terminal;

/** The characters that pictures are made of; each is one column wide. */
public enum Glyphs {
  /** Block elements, box drawing and arrows. */
  UNICODE("▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█", '─', '│', '▲', '▼', '·', '…'),
  /** For terminals and locales that are not UTF-8. */
  ASCII("#", "_.-=+*#%", '-', '|', '^', 'v', '-', '~');

  private final String fills;
  private final String heights;
  private final char horizontal;
  private final char vertical;
  private final char up;
  private final char down;
  private final char dot;
  private final char cut;

  Glyphs(
      String fills,
      String heights,
      char horizontal,
      char vertical,
      char up,
      char down,
      char dot,
      char cut) {
    this.fills = fills;
    this.heights = heights;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.up = up;
    this.down = down;
    this.dot = dot;
    this.cut = cut;
  }

  public char horizontal() {
    return horizontal;
  }

  public char vertical() {
    return vertical;
  }

  public char up() {
    return up;
  }

  public char down() {
    return down;
  }

  public char dot() {
    return dot;
  }

  /** Ends a text that was cut to fit. */
  public char cut() {
    return cut;
  }

  /**
   * A bar that grows to the right, in parts of a column as fine as the characters are. Whatever is
   * above 0 shows at least the smallest part.
   *
   * @param value 0 or more
   * @param full the value at which the bar fills all columns; above 0
   * @return at most {@code columns} characters
   */
  public String bar(long value, long full, int columns) {
    if (value <= 0 || columns <= 0) {
      return "";
    }
    int steps = fills.length();
    long parts = Math.round((double) Math.min(value, full) / full * columns * steps);
    int filled = (int) Math.max(parts, 1);
    String whole = String.valueOf(fills.charAt(steps - 1)).repeat(filled / steps);
    return filled % steps == 0 ? whole : whole + fills.charAt(filled % steps - 1);
  }

  /**
   * A line of small columns, the highest value the full height, 0 the lowest.
   *
   * @param values 0 or more each, oldest first
   */
  public String spark(long[] values) {
    long highest = 1;
    for (long value : values) {
      highest = Math.max(highest, value);
    }
    StringBuilder line = new StringBuilder(values.length);
    for (long value : values) {
      line.append(heights.charAt((int) (value * (heights.length() - 1) / highest)));
    }
    return line.toString();
  }
}
