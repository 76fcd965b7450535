package io.tradepit.perf.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every benchmark that say where its figures go. A file that cannot be written is
 * refused before anything is measured.
 */
final class BenchOutput {
  private static final Path TERMINAL = Path.of("-");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private Path json;
  private Path html;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the figures to FILE as JSON; - is the terminal, in place of the table")
  void json(Path file) {
    json = TERMINAL.equals(file) ? file : writable("--json", file);
  }

  @Option(names = "--html", paramLabel = "FILE", description = "writes a page with charts to FILE")
  void html(Path file) {
    html = writable("--html", file);
  }

  private Path writable(String name, Path file) {
    // Without the option there is none.
    if (file != null && !isWritable(file.toAbsolutePath())) {
      throw new ParameterException(
          command.commandLine(), name + "=" + file + ": allowed a file that can be written");
    }
    return file;
  }

  private static boolean isWritable(Path file) {
    if (Files.exists(file)) {
      return !Files.isDirectory(file) && Files.isWritable(file);
    }
    Path folder = file.getParent();
    while (!Files.exists(folder)) {
      folder = folder.getParent();
    }
    return Files.isDirectory(folder) && Files.isWritable(folder);
  }

  /** Where the page goes, absolute; empty when none was asked for. */
  Optional<Path> page() {
    return Optional.ofNullable(html).map(file -> file.toAbsolutePath().normalize());
  }

  /** Writes what was asked for, and makes its folder; the text goes to the terminal. */
  void write(PrintWriter terminal, String text, String figures, String page) throws IOException {
    boolean toTerminal = TERMINAL.equals(json);
    if (json != null && !toTerminal) {
      write(json, figures);
    }
    if (html != null) {
      write(html, page);
    }
    terminal.print(toTerminal ? figures : text);
    terminal.flush();
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, content);
  }
}
