package io.tradepit.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/**
 * Where a segment keeps its latencies: a folder for each start, {@code DAY-STARTTIME}, the newest
 * ones kept. Starting thread.
 */
public final class LatencyFolder {
  /** Folders that are kept, the new one included. */
  public static final int KEPT = 20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern NAME = Pattern.compile("\\d{4,}-\\d{8}T\\d{9}Z");

  private LatencyFolder() {}

  /**
   * Makes the folder of a start, and deletes the oldest ones beyond {@link #KEPT}.
   *
   * @param parent of all of them; what is not named like one is left alone
   * @param day number of the day in its archive
   * @throws UncheckedIOException naming what cannot be made or deleted
   */
  public static Path make(Path parent, int day, Instant start) {
    Path folder = parent.resolve("%04d-%s".formatted(day, TIME.format(start)));
    try {
      Files.createDirectories(folder);
      List<Path> all = all(parent);
      all.subList(0, Math.max(0, all.size() - KEPT))
          .forEach(old -> IoUtil.delete(old.toFile(), false));
    } catch (IOException e) {
      throw new UncheckedIOException("folder=" + folder + ": cannot be made", e);
    }
    return folder;
  }

  /** All of them, the oldest start first; empty when the parent is not there. */
  public static List<Path> all(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(child -> NAME.matcher(child.getFileName().toString()).matches())
          .sorted(Comparator.comparing(LatencyFolder::start))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("folder=" + parent + ": cannot be read", e);
    }
  }

  /** Those of one day, the oldest start first. */
  public static List<Path> ofDay(Path parent, int day) {
    String prefix = "%04d-".formatted(day);
    return all(parent).stream()
        .filter(folder -> folder.getFileName().toString().startsWith(prefix))
        .toList();
  }

  private static String start(Path folder) {
    String name = folder.getFileName().toString();
    return name.substring(name.indexOf('-') + 1);
  }
}
