package io.tradepit.perf.book;

import io.tradepit.perf.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Runs the process of an engine to its end, once. One thread. */
final class EngineProcess {
  private static final String VERSION = "engine version=";

  private final EngineSetup setup;
  private final List<RunFigures> figures = new ArrayList<>();
  private final List<GrowthPoint> points = new ArrayList<>();
  private LongConsumer told = done -> {};
  private EnduranceFigures endurance;
  private String version = "";

  EngineProcess(EngineSetup setup) {
    this.setup = setup;
  }

  /**
   * The figures of all runs that count.
   *
   * @throws IllegalStateException with the last lines of the process, when it failed
   */
  List<RunFigures> run(RunOptions options) {
    run(EngineRuns.class, options.arguments());
    return figures;
  }

  /**
   * What a message takes as the state grows.
   *
   * @param most the largest size of anything
   * @throws IllegalStateException with the last lines of the process, when it failed
   */
  List<GrowthPoint> grow(int most) {
    run(GrowthRuns.class, List.of(setup.engine(), Integer.toString(most)));
    return points;
  }

  /**
   * What is left of the engine when it has taken a very long flow.
   *
   * @param messages at least
   * @param orders of each regime in one turn of the flow
   * @param progress is told how many were taken, now and then
   * @throws IllegalStateException with the last lines of the process, when it failed
   */
  EnduranceFigures endure(long messages, int orders, LongConsumer progress) {
    told = progress;
    run(
        EnduranceRuns.class,
        List.of(setup.engine(), Long.toString(messages), Integer.toString(orders)));
    if (endurance == null) {
      throw new IllegalStateException("process=" + setup.name() + " figures=none");
    }
    return endurance;
  }

  private void run(Class<?> main, List<String> arguments) {
    new ChildJvm(
            setup.name(),
            setup.java().toString(),
            setup.flags(),
            setup.classPath(),
            main,
            arguments)
        .run(this::take);
  }

  /** What the engine says of itself, with JDK and flags that it ran on. */
  String version() {
    return version;
  }

  private boolean take(String line) {
    if (RunFigures.isRun(line)) {
      return figures.add(RunFigures.parse(line));
    }
    if (GrowthPoint.isPoint(line)) {
      return points.add(GrowthPoint.parse(line));
    }
    if (EnduranceFigures.isFigures(line)) {
      endurance = EnduranceFigures.parse(line);
      return true;
    }
    if (line.startsWith(EnduranceRuns.PROGRESS)) {
      told.accept(Long.parseLong(line.substring(EnduranceRuns.PROGRESS.length())));
      return true;
    }
    if (line.startsWith(VERSION)) {
      version = line.substring(VERSION.length());
      return true;
    }
    return false;
  }
}
