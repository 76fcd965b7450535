package io.tradepit.perf.pipeline;

import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.book.EngineCatalog;
import io.tradepit.perf.openloop.HistogramFile;
import io.tradepit.perf.openloop.RateFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.IoUtil;

/**
 * Pipelines in turn, round by round, each in a process of its own that takes one rate after
 * another.
 */
public final class PipelineComparison {
  private static final String VERSION = "pipeline version=";
  private static final String PROBE = "probeNs=";
  private static final String CHECKED = "checked ";
  private static final List<String> QUICK =
      List.of(
          "commands=500000",
          "seconds=1",
          "warmups=2",
          "patience=1",
          "check=10",
          "rates=100000,500000,1000000,2000000");

  private final List<PipelineSetup> setups;
  private final Path journals;
  private final List<String> arguments;
  private final List<PipelineResults> results = new ArrayList<>();
  private final Optional<Path> histograms;
  private final Consumer<String> progress;

  /**
   * @param setups that take turns
   * @param journals directory in which each process has a folder for its recording or journal
   * @param arguments for all of them
   * @param histograms directory for the latencies of each rate, a file each
   */
  PipelineComparison(
      List<PipelineSetup> setups,
      Path journals,
      List<String> arguments,
      Optional<Path> histograms,
      Consumer<String> progress) {
    this.setups = setups;
    this.journals = journals;
    this.arguments = arguments;
    for (PipelineSetup setup : setups) {
      results.add(new PipelineResults(setup.name(), setup.role(), setup.isRecorded()));
    }
    this.histograms = histograms;
    this.progress = progress;
  }

  /**
   * All that a checkout has.
   *
   * @param journals directory for recordings and journals
   * @param waits whether exchange-core waits in all ways, not only in those it is fastest with
   * @param isQuick a rough look
   * @param histograms directory for the latencies of each rate, a file each
   */
  public static PipelineComparison of(
      EngineCatalog catalog,
      Path journals,
      boolean waits,
      boolean isQuick,
      Optional<Path> histograms,
      Consumer<String> progress) {
    return new PipelineComparison(
        PipelineSetup.all(catalog, waits),
        journals,
        isQuick ? QUICK : List.of(),
        histograms,
        progress);
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
    into.beginRound();
    Path folder = newFolder();
    List<String> all = new ArrayList<>(arguments);
    all.add("pipeline=" + setup.pipeline());
    all.add("argument=" + setup.argument(folder));
    // What the folder is called says nothing of the pipeline.
    Predicate<String> lines =
        line -> take(line.replace(folder.toString(), journals.toString()), setup, into, round);
    new ChildJvm(
            setup.name(),
            setup.java().toString(),
            setup.flags(),
            setup.classPath(),
            PipelineRuns.class,
            all)
        .leaving(() -> remove(folder))
        .run(lines);
  }

  private Path newFolder() {
    try {
      return Files.createTempDirectory(journals, "tradepit-pipeline-");
    } catch (IOException e) {
      throw new UncheckedIOException("journal=" + journals + ": no folder can be made in it", e);
    }
  }

  // A process that ended well has removed what it made; one that got stuck or failed has not.
  private static void remove(Path folder) {
    IoUtil.delete(folder.toFile(), true);
    IoUtil.delete(Seams.aeronDirectory(folder).toFile(), true);
  }

  private boolean take(String line, PipelineSetup setup, PipelineResults into, int round) {
    if (RateFigures.isRate(line)) {
      RateFigures run = RateFigures.parse(line);
      into.add(run);
      histograms.ifPresent(
          folder -> HistogramFile.save(run, file(folder, setup, round, run.rate())));
    } else if (line.startsWith(VERSION)) {
      into.version(line.substring(VERSION.length()));
    } else if (line.startsWith(PROBE)) {
      into.probe(Long.parseLong(line.substring(PROBE.length())));
    } else if (line.startsWith(PipelineRuns.STALLED)) {
      into.stalled(line);
      progress.accept("pipeline: round " + round + ": " + setup.name() + " " + line);
    } else {
      return line.startsWith(CHECKED);
    }
    return true;
  }

  private static Path file(Path folder, PipelineSetup setup, int round, long rate) {
    String name = setup.name().replace(", ", "-").replace('/', '-');
    return folder.resolve(name + "-" + round + "-" + rate + ".hgrm");
  }
}
