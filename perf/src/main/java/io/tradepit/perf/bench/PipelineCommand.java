package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.perf.book.EngineCatalog;
import io.tradepit.perf.pipeline.PipelineComparison;
import io.tradepit.perf.pipeline.PipelineJson;
import io.tradepit.perf.pipeline.PipelinePage;
import io.tradepit.perf.pipeline.PipelineResults;
import io.tradepit.perf.pipeline.PipelineTable;
import io.tradepit.telemetry.Json;
import io.tradepit.telemetry.RunEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "pipeline",
    description = {
      "From the sequencer's input to the event stream under an open loop, beside exchange-core.",
      "Commands are due at a fixed rate, whatever happens; a latency is from that moment to the one"
          + " that the result was seen. The workload is that of exchange-core's own latency tests."
          + " Each pipeline has a JVM of its own, and takes one rate after the other until it does"
          + " not keep two in a row.",
      "It takes about 15 minutes for three rounds, up to half an hour where rates are lost, and"
          + " twice that with --waits.",
      "Progress goes to stderr, the table to the terminal. Nothing else should run on the machine."
    })
final class PipelineCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description =
          "a rough look in less than two minutes: one round, four rates, 500,000 commands; what is"
              + " not done 1 s behind its time is given up")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "runs of each pipeline (default: 3)")
  private Integer rounds;

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      defaultValue = "/dev/shm",
      description =
          "where recordings and journals are made (default: ${DEFAULT-VALUE}: both then survive"
              + " the process and nothing else)")
  private Path journals;

  @Option(
      names = "--histograms",
      paramLabel = "DIR",
      description = "writes the latencies of each rate to DIR, an .hgrm file each")
  private Path histograms;

  @Option(
      names = "--waits",
      description =
          "all ways to wait of exchange-core's threads and of its sender; without, the two that it"
              + " is fastest with on two cores")
  private boolean waits;

  @Mixin private BenchOutput output;

  @Override
  public Integer call() throws IOException {
    Map<String, String> environment = RunEnvironment.read();
    int count = rounds == null ? standardRounds() : rounds;
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds=" + count + ": allowed 1..");
    }
    if (histograms != null) {
      Files.createDirectories(histograms);
    }
    List<PipelineResults> results =
        PipelineComparison.of(
                EngineCatalog.ofThisCheckout(),
                journals,
                waits,
                quick,
                Optional.ofNullable(histograms),
                step -> spec.commandLine().getErr().println("tradepit: bench: " + step))
            .measure(count);
    output.write(
        spec.commandLine().getOut(),
        PipelineTable.of(results),
        json(results, count, environment),
        PipelinePage.of(results, environment));
    return ExitCode.OK.number();
  }

  private int standardRounds() {
    return quick ? 1 : ROUNDS;
  }

  private static String json(
      List<PipelineResults> results, int rounds, Map<String, String> environment) {
    return String.format(
        Locale.ROOT,
        """
        {
          "benchmark": "pipeline",
          "rounds": %d,
          %s,
          %s,
          "environment": %s
        }
        """,
        rounds,
        PipelineJson.member(results),
        PipelineJson.compared(results),
        Json.object(environment));
  }
}
