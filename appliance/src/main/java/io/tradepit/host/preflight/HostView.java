package io.tradepit.host.preflight;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The machine as it shows itself in files and by commands. Every fact is read through it, so that a
 * test can show another machine.
 */
public interface HostView {
  /**
   * A file's text without the line end behind the last line.
   *
   * @param path absolute, such as {@code /proc/cmdline}
   * @return empty when there is no such file or it cannot be read
   */
  Optional<String> text(String path);

  /** The names in a directory, in order; none when there is no such directory. */
  List<String> names(String directory);

  /** Where a symbolic link points, as it is written; empty when there is no such link. */
  Optional<String> link(String path);

  /**
   * What a command prints on its standard output, at most ten seconds long.
   *
   * @return empty when the command is not there, fails or does not end
   */
  Optional<String> output(String... command);

  /** Lets time pass between two readings of what counts. */
  void pause(Duration duration);
}
