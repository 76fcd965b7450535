package io.tradepit.main;

import io.tradepit.config.SegmentPaths;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.telemetry.LatencyFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a day that is over, {@code days/YYYY-MM-DD-N}: {@code manifest.json}, which says
 * what was recorded and proves the files, and the day's latencies. The recordings stay in the
 * archive until retention takes them. Starting thread.
 */
final class DayFolder {
  static final String MANIFEST = "manifest.json";

  private DayFolder() {}

  /** The finished folder of a day, if it has one. */
  static Optional<Path> find(Path days, int number) {
    if (!Files.isDirectory(days)) {
      return Optional.empty();
    }
    Pattern name = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}|unopened)-" + number);
    try (Stream<Path> folders = Files.list(days)) {
      return folders
          .filter(folder -> name.matcher(folder.getFileName().toString()).matches())
          .filter(folder -> Files.exists(folder.resolve(MANIFEST)))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("folder=" + days + ": cannot be read", e);
    }
  }

  /**
   * Makes it; the manifest comes last, so that a folder with one is whole.
   *
   * @throws UncheckedIOException when the disk refuses
   * @throws io.tradepit.stream.LogFailedException when a recording is damaged
   */
  static Path make(SegmentPaths paths, RecordedDayFiles day) {
    DayManifest manifest = DayManifest.read(day);
    Path folder = paths.days().resolve(manifest.date() + "-" + day.number());
    try {
      Files.createDirectories(folder.resolve("latency"));
      for (Path latencies : latencies(paths, day)) {
        Files.move(latencies, folder.resolve("latency").resolve(latencies.getFileName()));
      }
      Path next = folder.resolve(MANIFEST + ".next");
      Files.writeString(next, manifest.json());
      Files.move(next, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("folder=" + folder + ": cannot be made", e);
    }
  }

  private static List<Path> latencies(SegmentPaths paths, RecordedDayFiles day) {
    return LatencyFolder.ofDay(paths.latency(), day.number());
  }
}
