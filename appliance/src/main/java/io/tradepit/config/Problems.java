package io.tradepit.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file. */
final class Problems {
  private record Problem(int line, String text) {}

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /**
   * @param line from 1
   * @param allowed what would be right, without the word
   */
  void notAllowed(int line, String key, String value, String allowed) {
    add(line, key, value, "allowed " + allowed);
  }

  void add(int line, String key, String value, String what) {
    found.add(new Problem(line, file + ":" + line + ": " + key + "=" + value + ": " + what));
  }

  /**
   * Adds what is wrong in another file.
   *
   * @param line that names the other file
   */
  void include(int line, ConfigException other) {
    other.problems().forEach(problem -> found.add(new Problem(line, problem)));
  }

  void requireNone() {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line));
      throw new ConfigException(found.stream().map(Problem::text).toList());
    }
  }
}
