package io.tradepit.perf.bench;

import io.tradepit.config.ExitCode;
import io.tradepit.perf.book.Endurance;
import io.tradepit.perf.book.EngineCatalog;
import io.tradepit.perf.book.EngineSetup;
import io.tradepit.perf.memory.Footprints;
import io.tradepit.perf.memory.MemoryResults;
import io.tradepit.telemetry.RunEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
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
    name = "memory",
    description = {
      "What a resting order, a level, an instrument and a session take of the memory, beside what"
          + " the layout says; and whether anything is lost over a very long flow: the books take"
          + " 1,000,000,000 messages, the whole matcher a tenth of them, are emptied, and every"
          + " record must be free again, every report have been given, nothing have grown.",
      "A minute; needs 2 GiB of memory. Ends with 1 when something was lost, or an engine"
          + " failed; the other figures are written all the same."
    })
final class MemoryCommand implements Callable<Integer> {
  private static final long MESSAGES = 1_000_000_000;

  /** Beyond, the matcher's tenth would use up the user reference numbers, of 32 bits. */
  private static final long MOST_MESSAGES = 50_000_000_000L;

  private static final long QUICK_MESSAGES = 20_000_000;
  private static final int PART_OF_MATCHER = 10;
  private static final int ORDERS_OF_REGIME = 200_000;
  private static final int MOST_ORDERS = 1_000_000;
  private static final int LEVELS = 100_000;
  private static final int QUICK_PART = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description = "20,000,000 messages in shorter turns, a tenth of the records")
  private boolean quick;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description =
          "messages that the books take, the matcher a tenth of them; whole turns of"
              + " two million, three at least; up to 50,000,000,000")
  private Long messages;

  @Mixin private BenchOutput output;

  @Override
  public Integer call() throws IOException {
    long wanted = messages();
    Map<String, String> environment = RunEnvironment.read();
    PrintWriter progress = spec.commandLine().getErr();
    progress.println("tradepit: bench: filling states");
    int part = quick ? QUICK_PART : 1;
    var footprints = Footprints.measure(MOST_ORDERS / part, LEVELS / part);
    List<Endurance> endurances = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<String> names = List.of(EngineCatalog.OURS, EngineCatalog.MATCHER);
    for (EngineSetup engine : EngineCatalog.ofThisCheckout().named(names)) {
      boolean isMatcher = engine.name().equals(EngineCatalog.MATCHER);
      long taken = isMatcher ? wanted / PART_OF_MATCHER : wanted;
      try {
        endurances.add(endure(engine, taken, ORDERS_OF_REGIME / part, progress));
      } catch (IllegalStateException e) {
        failures.add("engine=" + engine.name() + " " + e.getMessage());
      }
    }
    MemoryResults results = new MemoryResults(footprints, endurances, failures);
    output.write(
        spec.commandLine().getOut(),
        results.text(),
        results.json(environment),
        results.page(environment));
    results.losses().forEach(loss -> progress.println("tradepit: bench: lost: " + loss));
    return (results.losses().isEmpty() ? ExitCode.OK : ExitCode.OTHER).number();
  }

  private long messages() {
    if (messages == null) {
      return quick ? QUICK_MESSAGES : MESSAGES;
    }
    if (messages < 1 || messages > MOST_MESSAGES) {
      throw new ParameterException(
          spec.commandLine(), "--messages=" + messages + " allowed=1.." + MOST_MESSAGES);
    }
    return messages;
  }

  private static Endurance endure(
      EngineSetup engine, long messages, int orders, PrintWriter progress) {
    progress.printf("tradepit: bench: %s: %,d messages%n", engine.name(), messages);
    return Endurance.of(
        engine,
        messages,
        orders,
        done -> {
          progress.printf("tradepit: bench: %s: %,d done%n", engine.name(), done);
          progress.flush();
        });
  }
}
