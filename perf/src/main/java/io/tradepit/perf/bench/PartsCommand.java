package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.telemetry.RunEnvironment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
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
      "Three JVMs of 5 + 5 s for each of 52: 30 minutes together; with --quick a minute and a half."
          + " JMH's own progress goes to stderr. A part of which a JVM failed is named, the figures"
          + " of the others are written, and the exit code is then not 0."
    })
final class PartsCommand implements Callable<Integer> {
  private static final String PACKAGE = "io.tradepit.perf.";
  private static final int QUICK_ITERATIONS = 2;
  private static final int QUICK_ITERATION_MS = 150;

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description = "one JVM of 2 + 2 iterations of 150 ms for each: a look, code is not warm")
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
    Set<String> wanted = names();
    if (wanted.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "PATTERN=" + patterns + " benchmarks=none");
    }
    Collection<RunResult> runs = new Runner(options().build()).run();
    List<String> failures = failures(wanted, runs);
    failures.forEach(
        each -> spec.commandLine().getErr().println("tradepit: bench: failed: " + each));
    if (runs.isEmpty()) {
      return ExitCode.OTHER.number();
    }
    PartsMode mode = PartsMode.of(quick, runs.iterator().next().getParams());
    List<PartFigure> figures = runs.stream().map(PartFigure::of).toList();
    PartsResults results = new PartsResults(mode, figures, failures);
    output.write(
        spec.commandLine().getOut(),
        results.text(),
        results.json(environment),
        results.page(environment));
    return (failures.isEmpty() ? ExitCode.OK : ExitCode.OTHER).number();
  }

  private List<String> includes() {
    return patterns.isEmpty() ? List.of(PACKAGE + ".*Benchmark") : patterns;
  }

  /** Of all benchmarks that are to run. */
  private Set<String> names() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
    return BenchmarkList.defaultList().find(silent, includes(), List.of()).stream()
        .map(BenchmarkListEntry::getUsername)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those without any figure, and those of which a JVM has none. */
  private static List<String> failures(Set<String> wanted, Collection<RunResult> runs) {
    Set<String> missing = new TreeSet<>(wanted);
    List<String> failures = new ArrayList<>();
    for (RunResult run : runs) {
      BenchmarkParams params = run.getParams();
      missing.remove(params.getBenchmark());
      int forks = run.getBenchmarkResults().size();
      if (forks < params.getForks()) {
        failures.add(params.id() + " JVMs=" + forks + " needed=" + params.getForks());
      }
    }
    missing.forEach(name -> failures.add(name + " JVMs=0"));
    return failures;
  }

  private ChainedOptionsBuilder options() {
    ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(false);
    options.output("/dev/stderr");
    options.jvmArgsAppend("-Dtradepit.shims=" + System.getProperty("tradepit.shims"));
    includes().forEach(options::include);
    if (quick) {
      TimeValue iteration = TimeValue.milliseconds(QUICK_ITERATION_MS);
      options.forks(1).warmupIterations(QUICK_ITERATIONS).warmupTime(iteration);
      options.measurementIterations(QUICK_ITERATIONS).measurementTime(iteration);
    }
    return options;
  }
}
