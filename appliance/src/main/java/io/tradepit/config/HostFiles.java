package io.tradepit.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of the product's home that say what a machine must be, and how a file of one is
 * named: by a path, or without a slash and {@code .yaml} as one that is shipped.
 */
public enum HostFiles {
  AFFINITY("affinity-config"),
  HUGE_PAGES("hugepages"),
  NIC("nic-config");

  /** The system property that the launcher sets: the checkout, or the unpacked release. */
  public static final String HOME_PROPERTY = "tradepit.home";

  private static final String SUFFIX = ".yaml";

  private final String folder;

  HostFiles(String folder) {
    this.folder = folder;
  }

  /**
   * The file that a text names.
   *
   * @param base below which relative paths are
   * @return empty when nothing is shipped under that name
   */
  public Optional<Path> resolve(String text, Path base) {
    if (isPath(text)) {
      return Optional.of(base.resolve(text).normalize());
    }
    return directory().map(shipped -> shipped.resolve(text + SUFFIX)).filter(Files::isReadable);
  }

  /**
   * The file that an option of the command line names; relative paths are below the working
   * directory.
   *
   * @param option for the line of a mistake, such as {@code --layout}
   * @throws ConfigException when nothing is shipped under that name
   */
  public Path named(String option, String text) {
    return resolve(text, Path.of(""))
        .orElseThrow(
            () -> new ConfigException(List.of(option + "=" + text + ": allowed " + allowed())));
  }

  /** What {@link #resolve} takes, for whoever named nothing that is there. */
  public String allowed() {
    return directory()
        .map(shipped -> "a path, or of " + shipped + " one of " + String.join(", ", names()))
        .orElse("a path: the system property " + HOME_PROPERTY + " is not set, so no names");
  }

  /** The names of what is shipped, in order; none where the home is not known. */
  public List<String> names() {
    return directory().filter(Files::isDirectory).map(HostFiles::namesIn).orElse(List.of());
  }

  private static List<String> namesIn(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("directory=" + directory, e);
    }
  }

  private static boolean isPath(String text) {
    return text.indexOf('/') >= 0 || text.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
  }

  private Optional<Path> directory() {
    return Optional.ofNullable(System.getProperty(HOME_PROPERTY))
        .map(home -> Path.of(home).resolve(folder));
  }
}
