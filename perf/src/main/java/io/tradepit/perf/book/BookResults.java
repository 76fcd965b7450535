package io.tradepit.perf.book;

import io.tradepit.perf.flow.Regime;
import io.tradepit.tools.report.Markup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Runs of some engines under the same flows, and what follows from them. */
public final class BookResults {
  private final Delivery delivery;
  private final Map<EngineSetup, List<RunFigures>> runs = new LinkedHashMap<>();

  BookResults(Delivery delivery) {
    this.delivery = delivery;
  }

  void add(EngineSetup engine, List<RunFigures> figures) {
    runs.computeIfAbsent(engine, name -> new ArrayList<>()).addAll(figures);
  }

  Delivery delivery() {
    return delivery;
  }

  List<EngineSetup> engines() {
    return List.copyOf(runs.keySet());
  }

  /** Runs of all engines and regimes in a placement. */
  long count(Placement placement) {
    return runs.values().stream()
        .flatMap(List::stream)
        .filter(run -> Placement.of(run) == placement)
        .count();
  }

  /**
   * The placement that is compared: the one of which every engine has most runs of every regime. A
   * run that was moved is never compared.
   */
  public Placement compared() {
    return fewest(Placement.NEAR) >= fewest(Placement.FAR) ? Placement.NEAR : Placement.FAR;
  }

  private long fewest(Placement placement) {
    long fewest = Long.MAX_VALUE;
    for (List<RunFigures> figures : runs.values()) {
      for (Regime regime : Regime.values()) {
        fewest = Math.min(fewest, of(figures, regime, placement).length);
      }
    }
    return fewest;
  }

  private static double[] of(List<RunFigures> figures, Regime regime, Placement placement) {
    return figures.stream()
        .filter(run -> run.regime() == regime && Placement.of(run) == placement)
        .mapToDouble(RunFigures::messagesPerSecond)
        .toArray();
  }

  /** Messages a second of an engine in a regime, in the placement that is compared. */
  public Spread rate(EngineSetup engine, Regime regime) {
    return Spread.of(of(runs.get(engine), regime, compared()));
  }

  /** The median of the regime in which it is lowest; empty when a regime has no run to compare. */
  public OptionalDouble worst(EngineSetup engine) {
    double worst = Double.MAX_VALUE;
    for (Regime regime : Regime.values()) {
      Spread rate = rate(engine, regime);
      if (rate.count() == 0) {
        return OptionalDouble.empty();
      }
      worst = Math.min(worst, rate.median());
    }
    return OptionalDouble.of(worst);
  }

  /**
   * Those figures that rest on fewer than half of the rounds, as the others were of another
   * placement: {@code "parity swing-40 2 of 10"}.
   */
  List<String> fewRuns() {
    List<String> few = new ArrayList<>();
    runs.forEach((engine, figures) -> {
      for (Regime regime : Regime.values()) {
        long rounds = figures.stream().filter(run -> run.regime() == regime).count();
        int compared = rate(engine, regime).count();
        if (2L * compared < rounds) {
          few.add(engine.name() + " " + regime.label() + " " + compared + " of " + rounds);
        }
      }
    });
    return few;
  }

  /** How many times as fast one engine is as another in a regime; 0 = one of them has no run. */
  public double ratio(EngineSetup one, EngineSetup other, Regime regime) {
    double rate = rate(other, regime).median();
    return rate == 0 ? 0 : rate(one, regime).median() / rate;
  }

  /**
   * Our engine's rates as parts of the null engine's and of the best peer's, regime by regime;
   * those that were not run are left out.
   */
  Map<String, List<String>> ratios() {
    Map<String, List<String>> ratios = new LinkedHashMap<>();
    EngineSetup ours = engine(EngineCatalog.OURS);
    EngineSetup bound = engine(EngineCatalog.NULL);
    if (ours != null && bound != null) {
      ratios.put("of null", ratios(ours, regime -> bound));
    }
    if (ours != null && runs.keySet().stream().anyMatch(EngineSetup::isPeer)) {
      ratios.put("of best peer", ratios(ours, this::bestPeer));
    }
    return ratios;
  }

  private List<String> ratios(EngineSetup ours, Function<Regime, EngineSetup> to) {
    List<String> ratios = new ArrayList<>();
    for (Regime regime : Regime.values()) {
      double ratio = ratio(ours, to.apply(regime), regime);
      ratios.add(ratio == 0 ? "-" : Markup.format("%.2f", ratio));
    }
    return ratios;
  }

  /** Allocated by the matcher's thread for a message: the largest of the regimes' medians. */
  public double bytesPerMessage(EngineSetup engine) {
    double most = 0;
    for (Regime regime : Regime.values()) {
      most = Math.max(most, bytesPerMessage(engine, regime));
    }
    return most;
  }

  private double bytesPerMessage(EngineSetup engine, Regime regime) {
    return Spread.of(
            runs.get(engine).stream()
                .filter(run -> run.regime() == regime)
                .mapToDouble(run -> (double) run.allocatedBytes() / run.messages())
                .toArray())
        .median();
  }

  /** The peer that is fastest in a regime, or null when none was run. */
  EngineSetup bestPeer(Regime regime) {
    EngineSetup best = null;
    for (EngineSetup engine : runs.keySet()) {
      boolean better = best == null || rate(engine, regime).median() > rate(best, regime).median();
      best = engine.isPeer() && better ? engine : best;
    }
    return best;
  }

  /** The engine of this name, or null. */
  EngineSetup engine(String name) {
    return runs.keySet().stream().filter(it -> it.name().equals(name)).findFirst().orElse(null);
  }

  /**
   * That all processes had the same flows, and all engines but the null engine handed over the same
   * reports.
   *
   * @param expected what the reference said, for every regime
   * @throws IllegalStateException naming the engine whose run differs
   */
  void requireEqual(Map<Regime, RunFigures> expected) {
    runs.forEach((engine, figures) -> {
      for (RunFigures run : figures) {
        RunFigures right = expected.get(run.regime());
        require(engine, run, "flowHash", run.flowHash() == right.flowHash());
        if (!engine.isBound()) {
          require(engine, run, "checksum", run.checksum() == right.checksum());
          require(engine, run, "reports", run.reports() == right.reports());
        }
      }
    });
  }

  private static void require(EngineSetup engine, RunFigures run, String what, boolean equal) {
    if (!equal) {
      throw new IllegalStateException(
          "engine=" + engine.name() + " regime=" + run.regime().label() + " " + what + "=differs");
    }
  }
}
