package io.tradepit.tools.report;

/**
 * A drawing that grows by its elements and takes its colours from the page's style. Positions are
 * pixels from the upper left corner.
 */
public final class Svg {
  /** Pixels of the width of a drawing for screens and paper. */
  public static final int WIDE = 940;

  /** Pixels of the width of a drawing for phones. */
  public static final int NARROW = 370;

  private final boolean isWide;
  private final StringBuilder elements = new StringBuilder();

  public Svg(boolean isWide) {
    this.isWide = isWide;
  }

  /** Pixels. */
  public int width() {
    return isWide ? WIDE : NARROW;
  }

  /** An element as it is. */
  public void add(String element) {
    elements.append(element);
  }

  /**
   * A straight line.
   *
   * @param style classes of the page's style
   */
  public void line(String style, double x1, double y1, double x2, double y2) {
    add(
        Markup.format(
            "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
            style, Markup.at(x1), Markup.at(y1), Markup.at(x2), Markup.at(y2)));
  }

  /**
   * Text.
   *
   * @param anchor which part of it stands at x: start, middle or end
   */
  public void label(double x, double y, String anchor, String text) {
    add(
        Markup.format(
            "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
            Markup.at(x), Markup.at(y), anchor, Markup.text(text)));
  }

  /**
   * The whole.
   *
   * @param height pixels
   * @param title for those who do not see it
   */
  public String text(int height, String title) {
    return Markup.format(
        "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s</svg>\n",
        isWide ? "wide" : "narrow", width(), height, Markup.text(title), elements);
  }
}
