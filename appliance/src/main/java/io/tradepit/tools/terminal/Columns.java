package io.tradepit.tools.terminal;

/** Rows of cells below each other, two blanks between. A cell that is too long pushes the rest. */
public final class Columns {
  private final int[] widths;

  /**
   * One width for each column.
   *
   * @param widths right-aligned; left-aligned where it is below 0
   */
  public Columns(int... widths) {
    this.widths = widths.clone();
  }

  /** A row, without blanks at its end. */
  public String row(String... cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(Math.max(0, Math.abs(widths[i]) - cells[i].length()));
      row.append(i == 0 ? "" : "  ");
      row.append(widths[i] < 0 ? cells[i] + padding : padding + cells[i]);
    }
    return row.toString().stripTrailing();
  }
}
