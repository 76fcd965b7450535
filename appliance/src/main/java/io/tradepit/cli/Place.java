package io.tradepit.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a segment of the embedded profile lives, unless told. */
final class Place {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "the segment's directory (default: $XDG_STATE_HOME/tradepit or ~/.local/state/tradepit)")
  private Path directory;

  Path directory() {
    return directory == null ? standard(System.getenv()) : given();
  }

  /** The directory that was asked for, or null. */
  Path given() {
    return directory == null ? null : directory.toAbsolutePath().normalize();
  }

  static Path standard(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        state.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/tmp"), ".local", "state")
            : Path.of(state);
    return base.resolve("tradepit").toAbsolutePath().normalize();
  }
}
