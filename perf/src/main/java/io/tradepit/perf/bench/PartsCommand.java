package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.telemetry.RunEnvironment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "parts",
    description = {
      "The JMH benchmarks of the parts: book operations, checks, codecs, hashes, clocks, rings,"
          + " Aeron, the port and the stack of the bypass.",
      "Three JVMs of 5 + 5 s for each, some minutes together; JMH's own progress goes to stderr."
    })
final class PartsCommand implements Callable<Integer> {
  private static final String PACKAGE = "io.tradepit.perf.";
  private static final int QUICK_ITERATIONS = 2;
  private static final int QUICK_ITERATION_MS = 150;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "one JVM of 2 + 2 short iterations for each: a look")
  private boolean quick;

  @Parameters(
      paramLabel = "PATTERN",
      arity = "0..*",
      description = "only benchmarks whose name has one of these, for example BookBenchmark")
  private List<String> patterns = List.of();

  @Mixin private BenchOutput output;

  @Override
  public Integer call() throws IOException, RunnerException {
    Map<String, String> environment = RunEnvironment.read();
    List<PartFigure> figures =
        new Runner(options().build()).run().stream().map(PartFigure::of).toList();
    if (figures.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "PATTERN=" + patterns + " benchmarks=none");
    }
    PartsResults results = new PartsResults(figures);
    output.write(
        spec.commandLine().getOut(),
        results.text(),
        results.json(environment),
        results.page(environment));
    return ExitCode.OK.number();
  }

  private ChainedOptionsBuilder options() {
    ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(true);
    options.output("/dev/stderr");
    options.jvmArgsAppend("-Dtradepit.shims=" + System.getProperty("tradepit.shims"));
    if (patterns.isEmpty()) {
      options.include(PACKAGE + ".*Benchmark");
    }
    patterns.forEach(options::include);
    if (quick) {
      TimeValue iteration = TimeValue.milliseconds(QUICK_ITERATION_MS);
      options.forks(1).warmupIterations(QUICK_ITERATIONS).warmupTime(iteration);
      options.measurementIterations(QUICK_ITERATIONS).measurementTime(iteration);
    }
    return options;
  }
}
