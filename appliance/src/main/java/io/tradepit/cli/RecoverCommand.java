package io.tradepit.cli;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "recover",
    description = {
      "Says how the segment's last start brought its day back.",
      "warm: the memory that a killed process left was taken over, when the hash of the log, the"
          + " recorded events and the state hash of its records proved it. cold: a snapshot was loaded,"
          + " or none, and the log behind it replayed, each event compared with the recorded one."
    })
final class RecoverCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SegmentChoice segment;

  @Option(
      names = "--explain",
      description = "the way taken and why, commands replayed, times (the default)")
  @SuppressWarnings("UnusedVariable") // there is nothing else to ask yet
  private boolean explain;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the report to FILE as JSON; - is the terminal")
  private Path json;

  @Override
  public Integer call() throws IOException {
    Path file = SegmentPaths.of(segment.place().config()).recoveryReport();
    try {
      print(Files.readString(file));
      return ExitCode.OK.number();
    } catch (NoSuchFileException e) {
      spec.commandLine()
          .getErr()
          .println("tradepit: report=" + file + ": there is none; has the segment run?");
      return ExitCode.OTHER.number();
    }
  }

  private void print(String report) throws IOException {
    if (json != null && !"-".equals(json.toString())) {
      Files.writeString(json, report);
    } else if (json != null) {
      spec.commandLine().getOut().print(report);
    } else {
      lines(report).forEach(line -> spec.commandLine().getOut().println(line));
    }
  }

  private static List<?> lines(String report) {
    Object fields = new Load(LoadSettings.builder().build()).loadFromString(report);
    return fields instanceof Map<?, ?> map && map.get("text") instanceof List<?> text
        ? text
        : List.of(report);
  }
}
