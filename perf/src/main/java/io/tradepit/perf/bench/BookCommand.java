package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.perf.book.BookComparison;
import io.tradepit.perf.book.BookJson;
import io.tradepit.perf.book.BookPage;
import io.tradepit.perf.book.BookResults;
import io.tradepit.perf.book.BookTable;
import io.tradepit.perf.book.Delivery;
import io.tradepit.perf.book.EngineCatalog;
import io.tradepit.perf.book.EngineSetup;
import io.tradepit.perf.book.MemoryProbe;
import io.tradepit.perf.book.TradepitEngine;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.telemetry.Json;
import io.tradepit.telemetry.RunEnvironment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "book",
    description = {
      "The order book beside other engines under five regimes of the same flow.",
      "A matcher thread applies the messages; every report is handed to a second thread through a"
          + " ring in native memory, inside the time that is measured. Each engine has a JVM of its"
          + " own. First all are checked to report the same; then they run in turn, each run beside"
          + " a probe of how near the two cores are, and only runs of one placement are compared.",
      "Progress goes to stderr, the table to the terminal. Nothing else should run on the machine."
    })
final class BookCommand implements Callable<Integer> {
  private static final int ROUNDS = 10;
  private static final int QUICK_ROUNDS = 3;
  private static final int QUICK_ORDERS = 200_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description =
          "a rough look in two minutes on two cores: 3 rounds of 200,000 orders in place of 10 of"
              + " 1,000,000")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "runs of each engine (default: 10)")
  private Integer rounds;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      arity = "1..*",
      description = "only these engines (default: all that this checkout has)")
  private List<String> names = List.of();

  @Option(
      names = "--counted",
      description = "also with the reports only counted in place: the book by itself")
  private boolean counted;

  @Mixin private BenchOutput output;

  @Override
  public Integer call() throws IOException {
    Map<String, String> environment = RunEnvironment.read();
    BookComparison comparison = comparison();
    comparison.check();
    List<BookResults> results = new ArrayList<>();
    results.add(comparison.measure(Delivery.RING));
    if (counted) {
      results.add(comparison.measure(Delivery.COUNTED));
    }
    long stateBytes = TradepitEngine.stateBytes(comparison.orders());
    double readNs = MemoryProbe.readNs(stateBytes);
    String figures = json(comparison, results, readNs, environment);
    output.write(
        spec.commandLine().getOut(),
        table(comparison, results, stateBytes, readNs),
        figures,
        BookPage.of(results, comparison.versions(), environment));
    return ExitCode.OK.number();
  }

  private BookComparison comparison() {
    EngineCatalog catalog = EngineCatalog.ofThisCheckout();
    List<EngineSetup> engines;
    try {
      engines = catalog.named(names);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
    int standard = quick ? QUICK_ROUNDS : ROUNDS;
    int count = rounds == null ? standard : rounds;
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds=" + count + ": allowed 1..");
    }
    int orders = quick ? QUICK_ORDERS : FlowGenerator.ORDERS;
    return new BookComparison(catalog, engines, orders, count, this::progress);
  }

  private void progress(String step) {
    spec.commandLine().getErr().println("tradepit: bench: " + step);
  }

  private static String table(
      BookComparison comparison, List<BookResults> results, long stateBytes, double readNs) {
    StringBuilder text = new StringBuilder();
    results.forEach(result -> text.append(BookTable.of(result)).append('\n'));
    comparison
        .versions()
        .forEach((engine, version) -> text.append(engine.name() + ": " + version + '\n'));
    text.append(
        String.format(
            Locale.ROOT,
            "%,d new orders a regime, %d rounds, seed %d; a random read in %d MiB, which the state"
                + " takes: %.1f ns%n",
            comparison.orders(),
            comparison.rounds(),
            FlowGenerator.SEED,
            stateBytes >> 20,
            readNs));
    return text.toString();
  }

  private static String json(
      BookComparison comparison,
      List<BookResults> results,
      double readNs,
      Map<String, String> environment) {
    String versions =
        comparison.versions().entrySet().stream()
            .map(entry -> Json.text(entry.getKey().name()) + ": " + Json.text(entry.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    String counted =
        results.size() > 1 ? ",\n  \"counted\": {" + BookJson.members(results.get(1)) + "}" : "";
    return String.format(
        Locale.ROOT,
        """
        {
          "benchmark": "book",
          "orders": %d,
          "rounds": %d,
          "seed": %d,
          "randomReadNs": %.1f,
          %s%s,
          "versions": %s,
          "environment": %s
        }
        """,
        comparison.orders(),
        comparison.rounds(),
        FlowGenerator.SEED,
        readNs,
        BookJson.members(results.getFirst()),
        counted,
        versions,
        Json.object(environment));
  }
}
