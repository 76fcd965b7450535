package io.tradepit.perf.book;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Runs an {@link EngineRuns} process to its end. One thread. */
final class EngineProcess {
  private static final String VERSION = "engine version=";
  private static final int KEPT_LINES = 10;

  private final EngineSetup setup;
  private final List<RunFigures> figures = new ArrayList<>();
  private final Deque<String> others = new ArrayDeque<>();
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
    try {
      Process process = new ProcessBuilder(command(options)).redirectErrorStream(true).start();
      // Whoever ends this process by a signal ends that one too.
      Thread end = new Thread(process::destroyForcibly, "tp-bench-end");
      Runtime.getRuntime().addShutdownHook(end);
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(this::take);
        require(process.waitFor());
      } finally {
        Runtime.getRuntime().removeShutdownHook(end);
      }
      return figures;
    } catch (IOException e) {
      throw new UncheckedIOException("engine=" + setup.name() + " java=" + setup.java(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("engine=" + setup.name() + " interrupted", e);
    }
  }

  /** What the engine says of itself. */
  String version() {
    return version;
  }

  private List<String> command(RunOptions options) {
    List<String> command = new ArrayList<>();
    command.add(setup.java().toString());
    command.addAll(setup.flags());
    command.add("-cp");
    command.add(String.join(":", setup.classPath()));
    command.add(EngineRuns.class.getName());
    command.addAll(options.arguments());
    return command;
  }

  private void take(String line) {
    if (RunFigures.isRun(line)) {
      figures.add(RunFigures.parse(line));
    } else if (line.startsWith(VERSION)) {
      version = line.substring(VERSION.length());
    } else {
      others.add(line);
      if (others.size() > KEPT_LINES) {
        others.removeFirst();
      }
    }
  }

  private void require(int exitCode) {
    if (exitCode != 0) {
      throw new IllegalStateException(
          "engine=" + setup.name() + " exitCode=" + exitCode + "\n" + String.join("\n", others));
    }
  }
}
