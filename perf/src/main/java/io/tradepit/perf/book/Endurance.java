package io.tradepit.perf.book;

import java.util.function.LongConsumer;

/**
 * An engine of ours in a process of its own that takes a very long flow.
 *
 * @param version of the engine, its JDK and flags
 */
public record Endurance(EngineSetup engine, String version, EnduranceFigures figures) {
  /**
   * @param messages at least
   * @param orders of each regime in one turn, even
   * @param progress is told every 100 million messages how many were taken
   * @throws IllegalStateException when the process failed
   */
  public static Endurance of(EngineSetup engine, long messages, int orders, LongConsumer progress) {
    EngineProcess process = new EngineProcess(engine);
    EnduranceFigures figures = process.endure(messages, orders, progress);
    return new Endurance(engine, process.version(), figures);
  }
}
