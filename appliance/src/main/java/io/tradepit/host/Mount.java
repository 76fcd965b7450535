package io.tradepit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A mounted file system, a line of /proc/self/mounts (fstab(5)).
 *
 * @param directory where it is mounted
 * @param type such as tmpfs
 * @param options such as rw and size=1048576k
 */
public record Mount(Path directory, String type, List<String> options) {
  private static final int FIELDS = 4;

  public Mount {
    options = List.copyOf(options);
  }

  /**
   * The file system that a directory is on.
   *
   * @param proc the proc file system, /proc unless a test has its own
   * @param directory exists
   */
  public static Mount of(Path proc, Path directory) {
    Path file = proc.resolve("self/mounts");
    try {
      Path real = directory.toRealPath();
      Mount found = null;
      for (Mount mount : all(Files.readString(file))) {
        // Of two mounts at one place the later one covers the earlier.
        if (real.startsWith(mount.directory)
            && (found == null || mount.directory.startsWith(found.directory))) {
          found = mount;
        }
      }
      if (found == null) {
        throw new IllegalArgumentException("directory=" + real + ": on no mount of file=" + file);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("directory=" + directory + " file=" + file, e);
    }
  }

  /**
   * The file systems of a text, in the order of mounting: of two at one place the later one covers
   * the earlier. A line of another form is left out.
   */
  public static List<Mount> all(String mounts) {
    return mounts
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length >= FIELDS)
        .map(fields ->
            new Mount(Path.of(unescaped(fields[1])), fields[2], List.of(fields[3].split(",", -1))))
        .toList();
  }

  /** Blanks of a path are written in octal. */
  private static String unescaped(String field) {
    return field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }

  /** Whether it is a tmpfs. */
  public boolean isTmpfs() {
    return "tmpfs".equals(type);
  }

  /** Whether files get huge pages when they are written. */
  public boolean givesHugePages() {
    return isTmpfs() && (options.contains("huge=always") || options.contains("huge=within_size"));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "mount=%s type=%s options=%s", directory, type, String.join(",", options));
  }
}
