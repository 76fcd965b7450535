package io.tradepit.perf.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every benchmark that say where its figures go. */
final class BenchOutput {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the figures to FILE as JSON; - is the terminal, in place of the table")
  private Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "writes a page with charts to FILE")
  private Path html;

  /** Writes what was asked for; the text goes to the terminal. */
  void write(PrintWriter terminal, String text, String figures, String page) throws IOException {
    boolean toTerminal = json != null && "-".equals(json.toString());
    if (json != null && !toTerminal) {
      Files.writeString(json, figures);
    }
    if (html != null) {
      Files.writeString(html, page);
    }
    terminal.print(toTerminal ? figures : text);
    terminal.flush();
  }
}
