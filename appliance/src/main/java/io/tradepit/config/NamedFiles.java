package io.tradepit.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the files that a segment's file names; what is wrong in them joins its problems. */
final class NamedFiles {
  private static final Pattern ANY = Pattern.compile(".+");

  private final Problems problems;
  private final Path base;

  /**
   * @param base below which relative paths are
   */
  NamedFiles(Problems problems, Path base) {
    this.problems = problems;
    this.base = base;
  }

  /** What the file says that a key names; empty for a missing key and for what is wrong. */
  <T> Optional<T> read(Section section, String key, HostFiles kind, Function<Path, T> reader) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    String text = section.text(key, null, ANY, kind.allowed());
    Optional<Path> file = text.isEmpty() ? Optional.empty() : kind.resolve(text, base);
    if (file.isEmpty() && !text.isEmpty()) {
      section.notAllowed(key, kind.allowed());
    }
    try {
      return file.map(reader);
    } catch (ConfigException e) {
      problems.include(section.line(key), e);
      return Optional.empty();
    }
  }

  /** The profile of a card, which must be named. */
  Optional<NicProfile> profile(Section section) {
    if (!section.has("profile")) {
      section.notAllowed("profile", HostFiles.NIC.allowed());
    }
    return read(section, "profile", HostFiles.NIC, NicReader::read);
  }
}
