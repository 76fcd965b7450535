package io.tradepit.cli;

import io.tradepit.tools.report.LatencyReport;
import io.tradepit.tools.report.ReportFiles;
import io.tradepit.tools.report.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = {
      "Prints the latencies of a results folder, leg by leg to p99.99 and max, and writes"
          + " report.html and a .hgrm file for each leg.",
      "Each run of a tool makes a results folder. A segment makes one for each start, below"
          + " DATA/latency; of a segment's directory the newest is reported."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "a results folder, or a segment's directory")
  private Path directory;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the files are written, with a copy of the .hlog (default: the folder)")
  private Path out;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the figures to FILE as JSON; - is the terminal, in place of the text")
  private Path json;

  @Override
  public Integer call() throws IOException {
    Results results = Results.read(directory);
    LatencyReport report = new LatencyReport(results);
    List<Path> written = ReportFiles.write(report, out == null ? results.folder() : out);
    PrintWriter terminal = spec.commandLine().getOut();
    if (json != null && "-".equals(json.toString())) {
      terminal.print(ReportFiles.json(report));
    } else {
      terminal.print(ReportFiles.text(report));
      terminal.println();
      terminal.println(
          "written: " + written.getFirst() + " and " + (written.size() - 1) + " more beside it");
      if (json != null) {
        Files.writeString(json, ReportFiles.json(report));
      }
    }
    terminal.flush();
    return 0;
  }
}
