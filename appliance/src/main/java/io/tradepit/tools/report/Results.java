package io.tradepit.tools.report;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import io.tradepit.telemetry.LatencyFolder;
import io.tradepit.telemetry.LatencyLog;
import io.tradepit.telemetry.Leg;
import io.tradepit.telemetry.RunDescription;
import io.tradepit.telemetry.RunFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * What a results folder holds.
 *
 * <pre>
 *   latency.hlog       of the tool that ran, or of the segment whose folder it is
 *   run.json           what the tool ran
 *   segment.hlog       the segment's own, copied by the tool when it was there
 *   environment.json   the segment's own description
 * </pre>
 *
 * Every {@code .hlog} file is read; intervals of one tag are put together.
 *
 * @param folder where it was read from
 * @param run of the tool that ran, or empty
 * @param segment what the segment says of itself, or empty
 * @param legs in the order of {@link Leg}, then others by name; at least one
 */
public record Results(
    Path folder,
    Optional<RunDescription> run,
    Optional<RunDescription> segment,
    List<LegFigures> legs) {
  /** What ran. */
  public static final String RUN = "run.json";

  /** What the segment says of itself. */
  public static final String ENVIRONMENT = "environment.json";

  /** The intervals of a tool or of a segment. */
  public static final String LOG = "latency.hlog";

  private static final String SEGMENT_LOG = "segment.hlog";
  private static final String LOG_SUFFIX = ".hlog";

  public Results {
    legs = List.copyOf(legs);
  }

  /**
   * Reads a folder.
   *
   * @param folder of results, or the directory of a segment: then that of its newest start
   * @throws StartException when there is nothing to report, naming the folder
   */
  public static Results read(Path folder) {
    Path from = withLogs(folder);
    return new Results(
        from, description(from.resolve(RUN)), description(from.resolve(ENVIRONMENT)), legs(from));
  }

  /**
   * Takes what a segment wrote of itself into the folder of a tool that ran against it.
   *
   * @param segmentFolder one of {@code DATA/latency}
   * @throws UncheckedIOException naming what cannot be copied
   */
  public static void addSegment(Path folder, Path segmentFolder) {
    try {
      Files.copy(segmentFolder.resolve(LOG), folder.resolve(SEGMENT_LOG));
      Files.copy(segmentFolder.resolve(ENVIRONMENT), folder.resolve(ENVIRONMENT));
    } catch (IOException e) {
      throw new UncheckedIOException("folder=" + segmentFolder + ": cannot be copied", e);
    }
  }

  /** The files that hold the intervals, by name. */
  public static List<Path> logs(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(LOG_SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("folder=" + folder + ": cannot be read", e);
    }
  }

  /** A leg, or empty when it was not measured. */
  Optional<LegFigures> leg(Leg leg) {
    return legs.stream().filter(figures -> figures.is(leg)).findFirst();
  }

  private static Path withLogs(Path folder) {
    if (!logs(folder).isEmpty()) {
      return folder;
    }
    for (Path parent : List.of(folder, folder.resolve("latency"), folder.resolve("data/latency"))) {
      List<Path> starts = LatencyFolder.all(parent);
      if (!starts.isEmpty()) {
        return starts.getLast();
      }
    }
    throw nothing(folder, "a folder with latency.hlog, or the directory of a segment");
  }

  private static Optional<RunDescription> description(Path file) {
    return Files.exists(file) ? Optional.of(RunFile.read(file)) : Optional.empty();
  }

  private static List<LegFigures> legs(Path folder) {
    Map<String, Histogram> totals = new LinkedHashMap<>();
    Map<String, Timeline> timelines = new LinkedHashMap<>();
    for (Path log : logs(folder)) {
      read(log, totals, timelines);
    }
    List<LegFigures> legs = new ArrayList<>();
    totals.forEach(
        (tag, total) -> legs.add(new LegFigures(tag, total, timelines.get(tag).intervals())));
    if (legs.isEmpty()) {
      throw nothing(folder, "at least one interval with values in its .hlog files");
    }
    legs.sort(Comparator.comparingInt(Results::place).thenComparing(LegFigures::tag));
    return legs;
  }

  private static int place(LegFigures leg) {
    return Leg.of(leg.tag()).map(Leg::ordinal).orElse(Leg.values().length);
  }

  private static void read(Path log, Map<String, Histogram> totals, Map<String, Timeline> lines) {
    try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
      // Not hasNext(): it is true before the comments that end a file.
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        if (next instanceof Histogram interval && interval.getTotalCount() > 0) {
          String tag = interval.getTag() == null ? "values" : interval.getTag();
          totals.computeIfAbsent(tag, key -> new Histogram(LatencyLog.DIGITS)).add(interval);
          lines.computeIfAbsent(tag, key -> new Timeline()).add(interval);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + log + ": cannot be read", e);
    }
  }

  private static StartException nothing(Path folder, String allowed) {
    return new StartException(ExitCode.CONFIGURATION, "DIR=" + folder + ": allowed " + allowed);
  }
}
