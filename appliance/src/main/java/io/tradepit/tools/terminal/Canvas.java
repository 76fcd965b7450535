package io.tradepit.tools.terminal;

import java.util.Arrays;

/**
 * Characters and their styles on a grid of rows and columns, counted from 0. What does not fit is
 * cut off. One thread.
 *
 * <p>An {@link #area} is a canvas too: a window on a part of the same grid.
 */
public final class Canvas {
  private final int gridColumns;
  private final char[] characters;
  private final Style[] styles;
  private final int top;
  private final int left;
  private final int rows;
  private final int columns;

  /**
   * A blank canvas.
   *
   * @param columns 1 or more
   * @param rows 1 or more
   */
  public Canvas(int columns, int rows) {
    this(columns, new char[columns * rows], new Style[columns * rows], 0, 0, rows, columns);
    Arrays.fill(characters, ' ');
    Arrays.fill(styles, Style.PLAIN);
  }

  private Canvas(
      int gridColumns,
      char[] characters,
      Style[] styles,
      int top,
      int left,
      int rows,
      int columns) {
    this.gridColumns = gridColumns;
    this.characters = characters;
    this.styles = styles;
    this.top = top;
    this.left = left;
    this.rows = rows;
    this.columns = columns;
  }

  public int columns() {
    return columns;
  }

  public int rows() {
    return rows;
  }

  /** A window; what of it lies outside of this canvas is cut off. It may be empty. */
  public Canvas area(int row, int column, int height, int width) {
    int fromRow = Math.clamp(row, 0, rows);
    int fromColumn = Math.clamp(column, 0, columns);
    int toRow = Math.clamp((long) row + height, fromRow, rows);
    int toColumn = Math.clamp((long) column + width, fromColumn, columns);
    return new Canvas(
        gridColumns,
        characters,
        styles,
        top + fromRow,
        left + fromColumn,
        toRow - fromRow,
        toColumn - fromColumn);
  }

  /** Writes a text from a column on; control characters become blanks. */
  public void text(int row, int column, String text, Style style) {
    if (row < 0 || row >= rows) {
      return;
    }
    int first = Math.max(0, -column);
    int end = Math.min(text.length(), columns - column);
    for (int i = first; i < end; i++) {
      int index = index(row, column + i);
      char character = text.charAt(i);
      characters[index] = Character.isISOControl(character) ? ' ' : character;
      styles[index] = style;
    }
  }

  /** Writes a text that ends before a column. */
  public void right(int row, int endColumn, String text, Style style) {
    text(row, endColumn - text.length(), text, style);
  }

  /** Writes a text in the middle of a row. */
  public void centre(int row, String text, Style style) {
    text(row, Math.max(0, (columns - text.length()) / 2), text, style);
  }

  /** Fills a row with one character. */
  public void rule(int row, char character, Style style) {
    text(row, 0, String.valueOf(character).repeat(columns), style);
  }

  public char at(int row, int column) {
    return characters[index(row, column)];
  }

  public Style styleAt(int row, int column) {
    return styles[index(row, column)];
  }

  /** The characters of a row without the blanks at its end. */
  public String line(int row) {
    return new String(characters, index(row, 0), columns).stripTrailing();
  }

  /** All rows, without the blank ones at the end, each ended by a line feed. */
  public String text() {
    return text(Palette.NONE);
  }

  /** As {@link #text()}, with the styles as far as a palette has them. */
  public String text(Palette palette) {
    int end = rows;
    while (end > 0 && line(end - 1).isEmpty()) {
      end--;
    }
    StringBuilder all = new StringBuilder();
    for (int row = 0; row < end; row++) {
      appendRun(row, 0, line(row).length(), palette, all);
      all.append('\n');
    }
    return all.toString();
  }

  /** Appends the characters of a row between two columns, with their styles; plain at its end. */
  void appendRun(int row, int from, int to, Palette palette, StringBuilder out) {
    Style style = Style.PLAIN;
    for (int column = from; column < to; column++) {
      Style next = styleAt(row, column);
      if (next != style && palette != Palette.NONE) {
        out.append(next.escape(palette));
        style = next;
      }
      out.append(at(row, column));
    }
    if (style != Style.PLAIN) {
      out.append(Style.PLAIN.escape(palette));
    }
  }

  private int index(int row, int column) {
    return (top + row) * gridColumns + left + column;
  }
}
