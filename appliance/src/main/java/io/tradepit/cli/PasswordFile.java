package io.tradepit.cli;

import io.tradepit.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A password that stands in a file, since the words of a command stand in the list of processes.
 */
final class PasswordFile {
  private PasswordFile() {}

  /**
   * The first line of the file.
   *
   * @throws ConfigException when there is none
   */
  static String read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || lines.getFirst().isBlank()) {
      throw new ConfigException(List.of(file + ":1: no password; it stands on the first line"));
    }
    return lines.getFirst().strip();
  }
}
