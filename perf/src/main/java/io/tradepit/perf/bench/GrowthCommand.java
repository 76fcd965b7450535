package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.perf.book.EngineCatalog;
import io.tradepit.perf.book.EngineSetup;
import io.tradepit.perf.book.Growth;
import io.tradepit.telemetry.RunEnvironment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "growth",
    description = {
      "What a message takes an engine as its state grows: against resting orders (100 to"
          + " 10,000,000), levels (10 to 100,000) and instruments (1 to 10,000, their activity by"
          + " Zipf's law); then sweeps of 5,000 fills, a storm of cancels and an opening burst.",
      "One thread, reports counted in place. Needs 6 GiB of memory for all sizes."
    })
final class GrowthCommand implements Callable<Integer> {
  private static final int MOST = 10_000_000;
  private static final int QUICK_MOST = 100_000;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "sizes up to 100,000 only")
  private boolean quick;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = EngineCatalog.OURS,
      description = "of which engine (default: ${DEFAULT-VALUE})")
  private String name;

  @Mixin private BenchOutput output;

  @Override
  public Integer call() throws IOException {
    Map<String, String> environment = RunEnvironment.read();
    spec.commandLine().getErr().println("tradepit: bench: growth of " + name);
    Growth growth = Growth.of(engine(), quick ? QUICK_MOST : MOST);
    output.write(
        spec.commandLine().getOut(),
        growth.text(),
        growth.json(environment),
        growth.page(environment));
    return ExitCode.OK.number();
  }

  private EngineSetup engine() {
    try {
      return EngineCatalog.ofThisCheckout().named(List.of(name)).getFirst();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }
}
