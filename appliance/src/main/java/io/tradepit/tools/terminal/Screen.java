package io.tradepit.tools.terminal;

/**
 * Turns frames into what a terminal must be sent: only the cells that changed since the frame
 * before. Pure text; one thread.
 *
 * <p>Escape sequences: cursor position, erase and SGR of ECMA-48; the alternate buffer and the
 * cursor's visibility of xterm ({@code ?1049}, {@code ?25}).
 */
public final class Screen {
  /** Takes the terminal's other buffer, blank, without a cursor. */
  public static final String OPEN = "\u001b[?1049h\u001b[?25l\u001b[0m\u001b[2J";

  /** Gives the terminal back as it was. */
  public static final String CLOSE = "\u001b[0m\u001b[?25h\u001b[?1049l";

  // To move the cursor costs about as much as to write so many unchanged cells.
  private static final int GAP = 6;

  private final Palette palette;
  private Canvas shown;

  public Screen(Palette palette) {
    this.palette = palette;
  }

  /** The next update sends everything: after another program wrote on the terminal. */
  public void forget() {
    shown = null;
  }

  /**
   * What brings the terminal from the last frame to this one; empty when they are equal.
   *
   * @param frame not to be changed afterwards
   */
  public String update(Canvas frame) {
    StringBuilder out = new StringBuilder();
    if (shown == null || shown.rows() != frame.rows() || shown.columns() != frame.columns()) {
      out.append("\u001b[0m\u001b[2J");
      shown = new Canvas(frame.columns(), frame.rows());
    }
    for (int row = 0; row < frame.rows(); row++) {
      updateRow(frame, row, out);
    }
    shown = frame;
    return out.toString();
  }

  private void updateRow(Canvas frame, int row, StringBuilder out) {
    int column = 0;
    while (column < frame.columns()) {
      if (isSame(frame, row, column)) {
        column++;
        continue;
      }
      int end = endOfRun(frame, row, column);
      out.append("\u001b[").append(row + 1).append(';').append(column + 1).append('H');
      frame.appendRun(row, column, end, palette, out);
      column = end;
    }
  }

  private int endOfRun(Canvas frame, int row, int from) {
    int end = from + 1;
    int column = end;
    while (column < frame.columns() && column - end < GAP) {
      if (!isSame(frame, row, column)) {
        end = column + 1;
      }
      column++;
    }
    return end;
  }

  private boolean isSame(Canvas frame, int row, int column) {
    return frame.at(row, column) == shown.at(row, column)
        && frame.styleAt(row, column) == shown.styleAt(row, column);
  }
}
