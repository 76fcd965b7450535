package io.tradepit.tools.segment;

import io.tradepit.config.SegmentPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.agrona.IoUtil;

/**
 * A segment in a process of its own, started with the JVM flags and class path of this one.
 *
 * <p>It ends with {@link #close}, and when this process ends by a signal or by {@code System.exit}.
 * What it printed is in {@code output.txt} below its directory.
 */
public final class ChildSegment implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final String MAIN = "io.tradepit.main.Tradepit";
  // As main.SegmentRun prints it.
  private static final String READY = "ready:";
  private static final int LINES_OF_A_FAILURE = 3;

  private final Process process;
  private final Path directory;
  private final SegmentPaths memory;
  private final boolean temporary;
  private final Thread onExit;

  private ChildSegment(Process process, SegmentPaths memory, Path directory, boolean temporary) {
    this.process = process;
    this.memory = memory;
    this.directory = directory;
    this.temporary = temporary;
    onExit = new Thread(this::end, "tp-child-stop");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /**
   * Starts a segment in a new directory below {@code java.io.tmpdir}, which goes with it.
   *
   * @param jvmOptions for its JVM, beside those of this one
   * @throws SegmentStartException when it does not serve
   * @throws io.tradepit.config.ConfigException when the plan is not allowed
   */
  public static ChildSegment startTemporary(SegmentPlan plan, String... jvmOptions) {
    try {
      return start(plan.yaml(), Files.createTempDirectory("tradepit-"), true, jvmOptions);
    } catch (IOException e) {
      throw new UncheckedIOException("directory=temporary: cannot be made", e);
    }
  }

  /**
   * Starts a segment from a configuration that the caller wrote, in a new directory, which goes
   * with it.
   *
   * @param parent where the directory is made
   * @param begin gives for the command line of the segment the one to run, which must become it by
   *     exec: for a network namespace of its own, for example
   * @throws SegmentStartException when it does not serve
   * @throws io.tradepit.config.ConfigException when the configuration is not allowed
   */
  public static ChildSegment startTemporary(
      Path parent, String yaml, UnaryOperator<List<String>> begin) {
    try {
      return start(yaml, Files.createTempDirectory(parent, "tradepit-"), true, begin);
    } catch (IOException e) {
      throw new UncheckedIOException("directory=" + parent + ": no directory can be made in it", e);
    }
  }

  /**
   * Starts a segment in a directory that stays, and that has no segment yet.
   *
   * @throws SegmentStartException when there is one, or when it does not serve
   */
  public static ChildSegment start(SegmentPlan plan, Path directory) {
    Path file = SegmentPlan.file(directory);
    if (Files.exists(file)) {
      throw new SegmentStartException("directory=" + directory + ": allowed one without " + file);
    }
    return start(plan.yaml(), directory, false);
  }

  /**
   * Flags of this JVM for one that it starts, without the class path: a debugger or an agent of
   * this process would meet itself at its port or file.
   */
  public static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(ChildSegment::isForAChild)
        .toList();
  }

  /** Where the segment listens, and the logins that it made. */
  public SegmentPlace place() {
    return SegmentPlace.of(directory, SegmentPlan.file(directory));
  }

  public Path directory() {
    return directory;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it printed until now. */
  public String output() {
    try {
      return Files.readString(outputFile(directory));
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + outputFile(directory) + ": cannot be read", e);
    }
  }

  /** The last lines of {@link #output}, in one. */
  public String lastLines() {
    List<String> lines = output().lines().toList();
    int first = Math.max(0, lines.size() - LINES_OF_A_FAILURE);
    return String.join(" | ", lines.subList(first, lines.size()));
  }

  /**
   * Stops it as Ctrl-C would and waits for the end of its process, for one that has more to do then
   * than {@link #close} waits for.
   *
   * @return whether it ended by itself
   */
  public boolean stop(Duration limit) {
    process.destroy();
    try {
      return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops it as Ctrl-C would, kills it after 30 s; nothing of it stays in memory. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // This process is ending: the hook runs, and finds nothing to do.
      return;
    }
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    removeFromMemory();
    deleteIf(temporary, directory);
  }

  private static void deleteIf(boolean temporary, Path directory) {
    if (temporary) {
      IoUtil.delete(directory.toFile(), true);
    }
  }

  // One that stopped has removed them itself; one that was killed has not.
  private void removeFromMemory() {
    IoUtil.delete(memory.aeron().getParent().toFile(), true);
    IoUtil.delete(memory.state().getParent().toFile(), true);
  }

  static ChildSegment start(String yaml, Path directory, boolean temporary, String... jvmOptions) {
    return start(yaml, directory, temporary, UnaryOperator.identity(), jvmOptions);
  }

  private static ChildSegment start(
      String yaml,
      Path directory,
      boolean temporary,
      UnaryOperator<List<String>> begin,
      String... jvmOptions) {
    ChildSegment segment;
    try {
      segment = begun(yaml, directory, temporary, begin, jvmOptions);
    } catch (IOException e) {
      deleteIf(temporary, directory);
      throw new UncheckedIOException("directory=" + directory + ": segment not started", e);
    } catch (RuntimeException e) {
      deleteIf(temporary, directory);
      throw e;
    }
    segment.awaitReady();
    return segment;
  }

  private static ChildSegment begun(
      String yaml,
      Path directory,
      boolean temporary,
      UnaryOperator<List<String>> begin,
      String... jvmOptions)
      throws IOException {
    Path file = SegmentPlan.file(directory);
    Files.createDirectories(directory);
    Files.writeString(file, yaml);
    SegmentPaths memory = SegmentPaths.of(SegmentPlace.of(directory, file).config());
    Process process =
        new ProcessBuilder(begin.apply(command(directory, jvmOptions)))
            .redirectErrorStream(true)
            .redirectOutput(outputFile(directory).toFile())
            .start();
    return new ChildSegment(process, memory, directory, temporary);
  }

  private static List<String> command(Path directory, String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of(jvmOptions));
    command.addAll(
        List.of(
            "-Dtradepit.terminal=false",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN,
            "run",
            "--config",
            SegmentPlan.file(directory).toString(),
            "--dir",
            directory.toString()));
    return command;
  }

  private static boolean isForAChild(String argument) {
    return !argument.startsWith("-agentlib")
        && !argument.startsWith("-javaagent")
        && !argument.startsWith("-Xrunjdwp")
        && !argument.startsWith("-Dtradepit.terminal");
  }

  private void awaitReady() {
    long deadlineNs = System.nanoTime() + START_LIMIT.toNanos();
    while (!output().contains(READY)) {
      boolean alive = process.isAlive();
      if (!alive || System.nanoTime() - deadlineNs > 0 || Thread.interrupted()) {
        String cause = failure(alive);
        close();
        throw new SegmentStartException(cause);
      }
      pause();
    }
  }

  private String failure(boolean alive) {
    String state = alive ? "not ready limitS=" + START_LIMIT.toSeconds() : exit();
    return "segment=%s said=%s".formatted(state, lastLines());
  }

  private String exit() {
    return "not started exitCode=" + process.exitValue();
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path outputFile(Path directory) {
    return directory.resolve("output.txt");
  }
}
