package io.tradepit.tools.replay;

import io.tradepit.config.SegmentConfig;
import io.tradepit.telemetry.LatencyFolder;
import io.tradepit.telemetry.LatencyLog;
import io.tradepit.telemetry.RunDescription;
import io.tradepit.telemetry.RunEnvironment;
import io.tradepit.telemetry.RunFile;
import io.tradepit.telemetry.StampPoint;
import io.tradepit.tools.report.Results;
import io.tradepit.tools.segment.ChildSegment;
import io.tradepit.tools.segment.SegmentPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/**
 * Plays one file: reads it, starts or finds the segment, plays, writes the results as {@link
 * Results} reads them. Single use.
 */
public final class Replay {
  private final ReplayContext context;
  private final LoadedFile file;
  private final FlowSize size;
  private final Instant started = Instant.now();
  private ReplayRun run;
  private Path kept;

  private Replay(ReplayContext context, LoadedFile file) {
    this.context = context;
    this.file = file;
    size = new FlowSize(file.flow());
  }

  /**
   * Plays.
   *
   * @throws io.tradepit.config.StartException when it cannot begin; each problem is one line
   */
  public static ReplayResult run(ReplayContext context) {
    context.conclude();
    try (LoadedFile file = LoadedFile.of(context)) {
      return new Replay(context, file).run();
    }
  }

  private ReplayResult run() {
    Path results = makeFolder(context.results());
    try (LatencyLog log = LatencyLog.open(results.resolve(Results.LOG))) {
      if (context.isRunning()) {
        intoRunning(results, log);
      } else {
        intoFresh(results, log);
      }
    }
    ReplayResult result = result(results);
    RunFile.write(results.resolve(Results.RUN), description(result));
    return result;
  }

  private void intoRunning(Path results, LatencyLog log) {
    SegmentPlace place = SegmentPlace.of(context.directory(), context.config());
    String user = context.user() == null ? place.firstUser() : context.user();
    RunningFit.require(place, user, file.flow(), size, context.pace());
    play(place, user, log);
    awaitInterval(place.config().telemetry());
    copySegmentLatencies(place.config().directories().data(), results);
  }

  // A running segment writes what it saw at the end of its interval.
  private static void awaitInterval(SegmentConfig.Telemetry telemetry) {
    if (telemetry.stamps() == SegmentConfig.Switch.ON) {
      LockSupport.parkNanos(
          TimeUnit.SECONDS.toNanos(telemetry.intervalS()) + TimeUnit.MILLISECONDS.toNanos(500));
    }
  }

  private void intoFresh(Path results, LatencyLog log) {
    Path directory = freshDirectory();
    try {
      SegmentPlace place;
      try (ChildSegment segment = ChildSegment.start(size.plan(), directory)) {
        place = segment.place();
        play(place, place.firstUser(), log);
      }
      // It writes its last interval, and what it says of itself, when it stops.
      copySegmentLatencies(place.config().directories().data(), results);
    } finally {
      if (keeps()) {
        kept = directory;
      } else {
        IoUtil.delete(directory.toFile(), true);
      }
    }
  }

  private void play(SegmentPlace place, String user, LatencyLog log) {
    try (ReplayRun play = new ReplayRun(context, file, place, user, log)) {
      run = play;
      play.run();
    }
  }

  private boolean keeps() {
    return context.keeps() || context.directory() != null;
  }

  private Path freshDirectory() {
    try {
      return context.directory() == null
          ? Files.createTempDirectory("tradepit-replay-")
          : context.directory();
    } catch (IOException e) {
      throw new UncheckedIOException("directory=temporary: cannot be made", e);
    }
  }

  private static void copySegmentLatencies(Path data, Path results) {
    List<Path> starts = LatencyFolder.all(data.resolve("latency"));
    if (!starts.isEmpty()) {
      Results.addSegment(results, starts.getLast());
    }
  }

  private ReplayResult result(Path results) {
    LatencyFigures latencies = LatencyFigures.read(results);
    List<String> notes = new ArrayList<>(file.notes());
    if (!file.flow().expectsFills()) {
      notes.add("An ITCH file says what another venue did: differences are counted, no failure.");
    }
    return new ReplayResult(
        context.file(),
        file.flow().symbols(),
        context.pace(),
        run.isOk(),
        run.failure(),
        run.findings().first(),
        run.findings().count(),
        run.figures(),
        run.load(),
        run.durationS(),
        latencies.table(),
        latencies.json(),
        notes,
        results,
        Optional.ofNullable(kept));
  }

  private RunDescription description(ReplayResult result) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s: %s, %s, %s"
            .formatted(
                result.ok() ? "OK" : "FAIL",
                context.file().getFileName(),
                String.join(" ", result.symbols()),
                context.pace()));
    result.figures().forEach((name, value) -> notes.add(name + "=" + value));
    notes.addAll(result.findings());
    notes.addAll(result.notes());
    return new RunDescription(
        "replay",
        started,
        result.durationS(),
        context.pace().isScheduled() ? Optional.of(result.load()) : Optional.empty(),
        result.figure("answered"),
        StampPoint.ofClient(),
        RunEnvironment.read(),
        notes);
  }

  private static Path makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new ReplayFileException("report=" + folder + ": allowed an empty folder");
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("report=" + folder + ": cannot be made", e);
    }
  }
}
