package io.tradepit.perf.book;

import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs engines in turn, round by round, each in a process of its own, after it was checked that all
 * say the same. One thread.
 */
public final class BookComparison {
  private static final int WARMUPS = 3;

  private final EngineCatalog catalog;
  private final List<EngineSetup> engines;
  private final int orders;
  private final int rounds;
  private final Consumer<String> progress;
  private final Map<EngineSetup, String> versions = new LinkedHashMap<>();
  private final Map<Regime, RunFigures> expected = new EnumMap<>(Regime.class);

  /**
   * @param orders new orders of each flow
   * @param rounds runs of each engine in each regime
   * @param progress gets a line for each step
   */
  public BookComparison(
      EngineCatalog catalog,
      List<EngineSetup> engines,
      int orders,
      int rounds,
      Consumer<String> progress) {
    this.catalog = catalog;
    this.engines = List.copyOf(engines);
    this.orders = orders;
    this.rounds = rounds;
    this.progress = progress;
  }

  /**
   * Lets every engine but the null engine say all it has to say about each flow once.
   *
   * @throws IllegalStateException naming engine and regime, when a report differs from the
   *     reference's
   */
  public void check() {
    expected.putAll(checked(catalog.reference()));
    for (EngineSetup engine : engines) {
      if (!engine.isBound()) {
        checked(engine).forEach((regime, run) -> require(engine, run, expected.get(regime)));
      }
    }
  }

  private Map<Regime, RunFigures> checked(EngineSetup engine) {
    progress.accept("checking " + engine.name());
    Map<Regime, RunFigures> figures = new EnumMap<>(Regime.class);
    new EngineProcess(engine)
        .run(options(engine, Delivery.CHECKED, 0))
        .forEach(run -> figures.put(run.regime(), run));
    return figures;
  }

  private static void require(EngineSetup engine, RunFigures actual, RunFigures expected) {
    if (actual.reportHash() != expected.reportHash()
        || actual.reports() != expected.reports()
        || actual.flowHash() != expected.flowHash()) {
      throw new IllegalStateException(
          "engine="
              + engine.name()
              + " regime="
              + actual.regime().label()
              + " reports="
              + actual.reports()
              + " expected="
              + expected.reports()
              + " hash=differs");
    }
  }

  /**
   * All rounds; behind {@link #check}.
   *
   * @throws IllegalStateException naming engine and regime, when a run handed over something else
   *     than the reference
   */
  public BookResults measure(Delivery delivery) {
    BookResults results = new BookResults(delivery);
    for (int i = 1; i <= rounds; i++) {
      for (EngineSetup engine : turns(i)) {
        progress.accept(
            "round " + i + " of " + rounds + ", " + delivery.label() + ": " + engine.name());
        EngineProcess process = new EngineProcess(engine);
        results.add(engine, process.run(options(engine, delivery, WARMUPS)));
        versions.put(engine, process.version());
      }
    }
    results.requireEqual(expected);
    return results;
  }

  /** Each round begins with the next engine, so that none runs always behind the same one. */
  private List<EngineSetup> turns(int round) {
    List<EngineSetup> turns = new ArrayList<>(engines);
    Collections.rotate(turns, 1 - round);
    return turns;
  }

  private RunOptions options(EngineSetup engine, Delivery delivery, int warmups) {
    return new RunOptions(
        engine.engine(),
        delivery,
        List.of(Regime.values()),
        orders,
        FlowGenerator.SEED,
        warmups,
        1);
  }

  /** What each engine says of itself, JDK and flags, once it was measured. */
  public Map<EngineSetup, String> versions() {
    return versions;
  }

  public int orders() {
    return orders;
  }

  public int rounds() {
    return rounds;
  }
}
