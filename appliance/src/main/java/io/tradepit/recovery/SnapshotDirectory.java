package io.tradepit.recovery;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The snapshot files of a segment, {@code DAY-SEQUENCE.snap}. A name says which moment a file is
 * of; whether it is whole is found when it is opened.
 */
public final class SnapshotDirectory {
  private static final Pattern NAME = Pattern.compile("(\\d{1,9})-(\\d{1,18})\\.snap");
  private static final Pattern UNFINISHED = Pattern.compile(".+\\.snap\\.new");

  /**
   * A file by its name.
   *
   * @param day number of the day, from 1
   * @param sequence of the last command applied
   */
  public record Entry(int day, long sequence, Path path) {}

  private static final String REJECTED = ".rejected";

  private final Path directory;

  public SnapshotDirectory(Path directory) {
    this.directory = directory;
  }

  /** Where the snapshot of a moment is, or is to be. */
  public Path file(int day, long sequence) {
    return directory.resolve(day + "-" + sequence + ".snap");
  }

  /**
   * The files of a day, newest first; none when there is no directory.
   *
   * @throws IOException when it can't be read
   */
  public List<Entry> newestFirst(int day) throws IOException {
    return all().stream()
        .filter(entry -> entry.day() == day)
        .sorted(Comparator.comparingLong(Entry::sequence).reversed())
        .toList();
  }

  private List<Entry> all() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          Matcher name = NAME.matcher(file.getFileName().toString());
          if (name.matches()) {
            int day = Integer.parseInt(name.group(1));
            entries.add(new Entry(day, Long.parseLong(name.group(2)), file));
          }
        }
      }
    }
    return entries;
  }

  /**
   * Removes what a killed process left half written.
   *
   * @throws IOException when it can't be removed
   */
  public void removeUnfinished() throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          if (UNFINISHED.matcher(file.getFileName().toString()).matches()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /**
   * Puts a file aside that is not of the day's recordings: it would count among the newest.
   *
   * @throws IOException when it can't be renamed
   */
  public void reject(Path file) throws IOException {
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + REJECTED),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Removes the older files of a day.
   *
   * @param keep the newest ones that stay, 1 or more
   * @return the number of files removed
   * @throws IOException when one can't be removed
   */
  public int prune(int day, int keep) throws IOException {
    List<Entry> entries = newestFirst(day);
    for (Entry entry : entries.subList(Math.min(keep, entries.size()), entries.size())) {
      Files.deleteIfExists(entry.path());
    }
    return Math.max(0, entries.size() - keep);
  }
}
