package io.tradepit.tools.report;

import io.tradepit.tools.report.Axis.Tick;

/**
 * One drawing with two axes, as SVG that takes its colours from the page's style. A wide one for
 * screens and paper, a narrow one for phones, so that letters keep their size.
 */
public final class Plot {
  private static final int HEIGHT_WIDE = 380;
  private static final int HEIGHT_NARROW = 300;
  private static final int LEFT = 62;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 34;

  final boolean isWide;
  final int width;
  final int height;
  private final Svg svg;

  public Plot(boolean isWide) {
    this.isWide = isWide;
    this.svg = new Svg(isWide);
    this.width = svg.width();
    this.height = isWide ? HEIGHT_WIDE : HEIGHT_NARROW;
  }

  /** Where the drawing begins, in pixels, within the labels. */
  public double left() {
    return LEFT;
  }

  public double right() {
    return (double) width - RIGHT;
  }

  public double top() {
    return TOP;
  }

  public double bottom() {
    return (double) height - BOTTOM;
  }

  /** Grid and labels of both axes; goes below what is drawn later. */
  public Plot axes(Axis x, Axis y) {
    for (Tick tick : y.ticks()) {
      double at = y.pixel(tick.value());
      svg.line("grid", left(), at, right(), at);
      svg.label(left() - 8, at + 4, "end", tick.label());
    }
    for (Tick tick : x.ticks()) {
      double at = x.pixel(tick.value());
      svg.line("grid", at, top(), at, bottom());
      svg.label(at, bottom() + 20, anchor(at), tick.label());
    }
    return this;
  }

  private String anchor(double at) {
    return at > right() - 20 ? "end" : "middle";
  }

  /** A line through points, given as {@code x,y x,y}. */
  public Plot polyline(String style, String points) {
    svg.add(Markup.format("<polyline class=\"%s\" points=\"%s\"/>", style, points));
    return this;
  }

  /** A point that says something when the pointer rests on it. */
  public Plot dot(String style, double x, double y, String title) {
    svg.add(
        Markup.format(
            "<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"2.5\"><title>%s</title></circle>",
            style, Markup.at(x), Markup.at(y), Markup.text(title)));
    return this;
  }

  /** A column that stands on the lower edge. */
  public Plot column(String style, double x, double width, double y, String title) {
    svg.add(
        Markup.format(
            "<rect class=\"column %s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s"
                + "</title></rect>",
            style,
            Markup.at(x),
            Markup.at(y),
            Markup.at(width),
            Markup.at(Math.max(0, bottom() - y)),
            Markup.text(title)));
    return this;
  }

  /** An upright stroke, from the least to the most of what a column is the median of. */
  public Plot range(double x, double leastY, double mostY) {
    svg.line("range", x, leastY, x, mostY);
    return this;
  }

  /**
   * The drawing.
   *
   * @param title for those who do not see it
   */
  public String svg(String title) {
    return svg.text(height, title);
  }
}
