package io.tradepit.perf.pipeline;

import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.book.EngineCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pipelines in turn, round by round, each in a process of its own that takes one rate after
 * another.
 */
public final class PipelineComparison {
  private static final String VERSION = "pipeline version=";
  private static final String PROBE = "probeNs=";
  private static final String CHECKED = "checked ";
  private static final int QUICK_COMMANDS = 500_000;
  private static final List<Long> QUICK_RATES = List.of(125_000L, 500_000L, 1_000_000L, 2_000_000L);

  private final List<PipelineSetup> setups;
  private final List<PipelineResults> results = new ArrayList<>();
  private final boolean isQuick;
  private final Optional<Path> histograms;
  private final Consumer<String> progress;

  /**
   * @param journals directory for recordings and journals
   * @param isQuick a rough look
   * @param histograms directory for the latencies of each rate, a file each
   */
  public PipelineComparison(
      EngineCatalog catalog,
      Path journals,
      boolean isQuick,
      Optional<Path> histograms,
      Consumer<String> progress) {
    setups = PipelineSetup.all(catalog, journals);
    setups.forEach(setup -> results.add(new PipelineResults(setup.name())));
    this.isQuick = isQuick;
    this.histograms = histograms;
    this.progress = progress;
  }

  /** In the order that they run. */
  public List<PipelineResults> measure(int rounds) {
    for (int round = 1; round <= rounds; round++) {
      for (int turn = 0; turn < setups.size(); turn++) {
        // Each round begins with the next one, so that none runs always behind the same.
        int i = (turn + round - 1) % setups.size();
        progress.accept("pipeline: round " + round + " of " + rounds + ": " + setups.get(i).name());
        run(setups.get(i), results.get(i), round);
      }
    }
    return results;
  }

  private void run(PipelineSetup setup, PipelineResults into, int round) {
    List<String> arguments = new ArrayList<>();
    arguments.add("pipeline=" + setup.pipeline());
    arguments.add("argument=" + setup.argument());
    if (isQuick) {
      arguments.add("commands=" + QUICK_COMMANDS);
      arguments.add("seconds=1");
      arguments.add("rates=" + PipelineOptions.text(QUICK_RATES));
    }
    histograms.ifPresent(folder -> arguments.add("histograms=" + file(folder, setup, round)));
    new ChildJvm(
            setup.name(),
            setup.java().toString(),
            setup.flags(),
            setup.classPath(),
            PipelineRuns.class,
            arguments)
        .run(line -> take(line, into));
  }

  private static Path file(Path folder, PipelineSetup setup, int round) {
    return folder.resolve(setup.name().replace(", ", "-") + "-" + round);
  }

  private static boolean take(String line, PipelineResults into) {
    if (RateFigures.isRate(line)) {
      into.add(RateFigures.parse(line));
    } else if (line.startsWith(VERSION)) {
      into.version(line.substring(VERSION.length()));
    } else if (line.startsWith(PROBE)) {
      into.probe(Long.parseLong(line.substring(PROBE.length())));
    } else {
      return line.startsWith(CHECKED);
    }
    return true;
  }
}
