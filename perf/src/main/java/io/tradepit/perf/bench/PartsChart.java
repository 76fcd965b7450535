package io.tradepit.perf.bench;

import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Svg;
import java.util.List;

/** Bars that lie, one a part, over a scale of decades that all drawings of a page share. */
final class PartsChart {
  private static final int NAMES = 230;
  private static final int FIGURES = 70;
  private static final int ROW = 26;
  private static final int BAR = 14;
  private static final int NAME_ABOVE = 18;
  private static final int SCALE = 24;
  private static final String[] UNITS = {"ns", "µs", "ms", "s"};

  private final List<PartFigure> parts;
  private final boolean isWide;
  private final int lowest;
  private final int highest;
  private final Svg svg;

  private PartsChart(List<PartFigure> parts, List<PartFigure> all, boolean isWide) {
    this.parts = parts;
    this.isWide = isWide;
    this.svg = new Svg(isWide);
    double least = all.stream().mapToDouble(PartFigure::minNs).min().orElseThrow();
    double most = all.stream().mapToDouble(PartFigure::maxNs).max().orElseThrow();
    this.lowest = (int) Math.floor(Math.log10(least));
    this.highest = Math.max(lowest + 1, (int) Math.ceil(Math.log10(most)));
  }

  /**
   * Both sizes.
   *
   * @param parts that are drawn
   * @param all that the scale is for
   */
  static String of(List<PartFigure> parts, List<PartFigure> all) {
    return new PartsChart(parts, all, true).draw() + new PartsChart(parts, all, false).draw();
  }

  private int left() {
    return isWide ? NAMES : 2;
  }

  private int right() {
    return svg.width() - FIGURES;
  }

  private int rowHeight() {
    return isWide ? ROW : ROW + NAME_ABOVE;
  }

  private int bottom() {
    return parts.size() * rowHeight() + 4;
  }

  private double pixel(double ns) {
    double within = (Math.log10(ns) - lowest) / (highest - lowest);
    return left() + Math.clamp(within, 0, 1) * (right() - left());
  }

  private String draw() {
    for (int decade = lowest; decade <= highest; decade++) {
      double at = pixel(Math.pow(10, decade));
      svg.line("grid", at, 0, at, bottom());
      svg.label(at, bottom() + 16, decade == lowest && !isWide ? "start" : "middle", label(decade));
    }
    for (int i = 0; i < parts.size(); i++) {
      bar(parts.get(i), i * rowHeight() + (isWide ? 6 : 6 + NAME_ABOVE));
    }
    return svg.text(bottom() + SCALE, "nanoseconds an operation");
  }

  private static String label(int decade) {
    return decade < 0
        ? Markup.format("%.1f ns", Math.pow(10, decade))
        : Markup.format("%.0f %s", Math.pow(10, decade % 3), UNITS[decade / 3]);
  }

  private void bar(PartFigure part, int top) {
    double end = pixel(part.ns());
    double middle = top + BAR / 2.0;
    svg.add(
        Markup.format(
            "<rect class=\"column s-0\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s"
                + "</title></rect>",
            left(), top, Markup.at(end - left()), BAR, Markup.text(said(part))));
    svg.line("range", pixel(part.minNs()), middle, pixel(part.maxNs()), middle);
    if (isWide) {
      svg.label(left() - 8, middle + 4, "end", part.name());
    } else {
      svg.label(left(), top - 5, "start", part.name());
    }
    svg.label(
        Math.max(end, pixel(part.maxNs())) + 6,
        middle + 4,
        "start",
        Markup.format(part.ns() < 100 ? "%.1f" : "%,.0f", part.ns()));
  }

  private static String said(PartFigure part) {
    return Markup.format(
        "%s: %.1f ns (%.1f to %.1f)", part.name(), part.ns(), part.minNs(), part.maxNs());
  }
}
