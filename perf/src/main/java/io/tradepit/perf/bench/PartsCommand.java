package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.telemetry.Json;
import io.tradepit.telemetry.RunEnvironment;
import io.tradepit.tools.report.HtmlPage;
import io.tradepit.tools.report.Markup;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "parts",
    description = {
      "The JMH benchmarks of the parts: book operations, codecs, the port and the stack of the"
          + " bypass.",
      "Three JVMs of 5 + 5 s for each, some minutes together; JMH's own progress goes to stderr."
    })
final class PartsCommand implements Callable<Integer> {
  private static final String PACKAGE = "io.tradepit.perf.";
  private static final int QUICK_ITERATIONS = 2;

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
    Collection<RunResult> results = new Runner(options().build()).run();
    output.write(
        spec.commandLine().getOut(),
        text(results),
        json(results, environment),
        page(results, environment));
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
      TimeValue iteration = TimeValue.milliseconds(500);
      options.forks(1).warmupIterations(QUICK_ITERATIONS).warmupTime(iteration);
      options.measurementIterations(QUICK_ITERATIONS).measurementTime(iteration);
    }
    return options;
  }

  private static String name(RunResult result) {
    String name = result.getParams().getBenchmark().substring(PACKAGE.length());
    String parameters =
        result.getParams().getParamsKeys().stream()
            .map(key -> key + "=" + result.getParams().getParam(key))
            .collect(Collectors.joining(" "));
    return parameters.isEmpty() ? name : name + " " + parameters;
  }

  private static String text(Collection<RunResult> results) {
    return results.stream()
        .map(run -> {
          Result<?> figure = run.getPrimaryResult();
          return Markup.format(
              "%-52s %12.2f +- %.2f %s%n",
              name(run), figure.getScore(), figure.getScoreError(), figure.getScoreUnit());
        })
        .collect(Collectors.joining());
  }

  private static String json(Collection<RunResult> results, Map<String, String> environment) {
    String parts =
        results.stream()
            .map(run ->
                String.format(
                    Locale.ROOT,
                    "%s: {\"score\": %.3f, \"unit\": %s}",
                    Json.text(name(run)),
                    run.getPrimaryResult().getScore(),
                    Json.text(run.getPrimaryResult().getScoreUnit())))
            .collect(Collectors.joining(",\n    ", "{\n    ", "\n  }"));
    return String.format(
        Locale.ROOT,
        """
        {
          "benchmark": "parts",
          "parts": %s,
          "environment": %s
        }
        """,
        parts,
        Json.object(environment));
  }

  private static String page(Collection<RunResult> results, Map<String, String> environment) {
    HtmlPage page = new HtmlPage("Parts");
    page.header("Parts", "JMH, average times", results.size() + " parts");
    page.section("All figures", "<pre>" + Markup.text(text(results)) + "</pre>\n");
    page.section("Environment", HtmlPage.definitions(environment));
    return page.footer("A part by itself is warmer than the same part in a venue.").text();
  }
}
