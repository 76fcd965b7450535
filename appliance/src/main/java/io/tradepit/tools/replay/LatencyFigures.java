package io.tradepit.tools.replay;

import io.tradepit.telemetry.LatencyLog;
import io.tradepit.telemetry.Leg;
import io.tradepit.telemetry.Nanos;
import io.tradepit.tools.report.Percentile;
import io.tradepit.tools.report.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** The legs of a results folder, put together from all its {@code .hlog} files. */
final class LatencyFigures {
  private final Map<Leg, Histogram> legs = new EnumMap<>(Leg.class);

  private LatencyFigures() {}

  static LatencyFigures read(Path folder) {
    LatencyFigures figures = new LatencyFigures();
    Results.logs(folder).forEach(figures::add);
    return figures;
  }

  /** A line for each leg. */
  List<String> table() {
    String head = "%-20s%10s".formatted("leg", "values") + row(Percentile::label);
    return Stream.concat(
            Stream.of(head),
            legs.entrySet().stream().map(leg -> line(leg.getKey(), leg.getValue())))
        .toList();
  }

  /** An object of the legs, in each its count and its percentiles in nanoseconds. */
  String json() {
    return legs.entrySet().stream()
        .map(leg -> "\"" + leg.getKey().tag() + "\": " + json(leg.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String line(Leg leg, Histogram values) {
    return String.format(Locale.ROOT, "%-20s%,10d", leg.tag(), values.getTotalCount())
        + row(percentile -> Nanos.text(percentile.of(values)));
  }

  private static String row(Function<Percentile, String> cell) {
    return Arrays.stream(Percentile.values())
        .map(percentile -> "%10s".formatted(cell.apply(percentile)))
        .collect(Collectors.joining());
  }

  private static String json(Histogram values) {
    StringBuilder json = new StringBuilder("{\"count\": ").append(values.getTotalCount());
    for (Percentile percentile : Percentile.values()) {
      json.append(", \"").append(percentile.label()).append("\": ").append(percentile.of(values));
    }
    return json.append('}').toString();
  }

  private void add(Path file) {
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      EncodableHistogram interval = reader.nextIntervalHistogram();
      while (interval != null) {
        if (interval instanceof Histogram values) {
          Leg.of(values.getTag()).ifPresent(leg -> of(leg).add(values));
        }
        interval = reader.nextIntervalHistogram();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file + ": cannot be read", e);
    }
  }

  private Histogram of(Leg leg) {
    return legs.computeIfAbsent(leg, key -> new Histogram(LatencyLog.DIGITS));
  }
}
