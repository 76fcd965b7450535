package io.tradepit.perf.memory;

import io.tradepit.tools.report.Axis;
import io.tradepit.tools.report.Legend;
import io.tradepit.tools.report.Markup;
import io.tradepit.tools.report.Plot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Three columns a kind on a scale of decades: reserved, records, resident. */
final class FootprintChart {
  private static final double SHARE_OF_GROUP = 0.75;

  private static final List<Part> PARTS =
      List.of(
          new Part("s-5", "reserved by the layout", Footprint::reserved),
          new Part("s-0", "records in use", Footprint::layout),
          new Part("s-1", "resident", Footprint::resident));

  /** A column of each group. */
  private record Part(String style, String label, ToDoubleFunction<Footprint> bytes) {}

  private FootprintChart() {}

  /** Both sizes, with numbers for the kinds, in the order of the table. */
  static String of(List<Footprint> footprints) {
    Map<String, String> entries = new LinkedHashMap<>();
    PARTS.forEach(part -> entries.put(part.style(), part.label()));
    return Legend.of(entries) + draw(footprints, true) + draw(footprints, false);
  }

  private static String draw(List<Footprint> footprints, boolean wide) {
    Plot plot = new Plot(wide);
    List<String> labels =
        IntStream.rangeClosed(1, footprints.size()).mapToObj(Integer::toString).toList();
    double most =
        footprints.stream()
            .mapToDouble(it -> Math.max(it.reserved(), it.resident()))
            .max()
            .orElseThrow();
    Axis x = Axis.groups(labels, plot.left(), plot.right());
    Axis y = Axis.decades(10, most, plot.bottom(), plot.top());
    plot.axes(x, y);
    double width = SHARE_OF_GROUP / PARTS.size();
    for (int i = 0; i < footprints.size(); i++) {
      for (int column = 0; column < PARTS.size(); column++) {
        Part part = PARTS.get(column);
        double bytes = part.bytes().applyAsDouble(footprints.get(i));
        double from = i + (1 - SHARE_OF_GROUP) / 2 + column * width;
        plot.column(
            part.style(),
            x.pixel(from),
            x.pixel(from + width) - x.pixel(from) - 1,
            y.decadePixel(bytes),
            Markup.format("%s: %s %,.1f bytes", footprints.get(i).kind(), part.label(), bytes));
      }
    }
    return plot.svg("bytes for one more, a group for each line of the table below");
  }
}
