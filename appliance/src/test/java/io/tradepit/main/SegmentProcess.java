package io.tradepit.main;

import io.tradepit.net.NetworkNamespace;
import io.tradepit.shim.Shim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A segment in a process of its own, started as the launcher starts it, so that it can be killed.
 */
final class SegmentProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;
  private final long startedNs = System.nanoTime();
  private long readyNs;

  private SegmentProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it and waits until it serves. */
  static SegmentProcess start(TestSegment segment) throws IOException, InterruptedException {
    return start(segment, segment.directory);
  }

  /** Its output goes to another directory than its own. */
  static SegmentProcess start(TestSegment segment, Path outputs)
      throws IOException, InterruptedException {
    SegmentProcess started = launch(segment, outputs);
    try {
      started.awaitReady();
      return started;
    } catch (IOException | InterruptedException | AssertionError e) {
      started.kill();
      throw e;
    }
  }

  static SegmentProcess launch(TestSegment segment) throws IOException {
    return launch(segment, segment.directory);
  }

  static SegmentProcess launch(TestSegment segment, Path outputs) throws IOException {
    return launch(segment, outputs, Map.of());
  }

  /** Starts it with more in its environment, such as a library that is loaded before others. */
  static SegmentProcess launch(TestSegment segment, Path outputs, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(segment.file, segment.directory));
    builder.environment().putAll(environment);
    return launch(builder, outputs, ProcessBuilder::start);
  }

  /** Starts it in a network namespace, without waiting. */
  static SegmentProcess launch(Path file, Path directory, NetworkNamespace namespace)
      throws IOException {
    return launch(new ProcessBuilder(command(file, directory)), directory, namespace::start);
  }

  private interface Starter {
    Process start(ProcessBuilder builder) throws IOException;
  }

  private static SegmentProcess launch(ProcessBuilder builder, Path outputs, Starter starter)
      throws IOException {
    Path output = outputs.resolve("output-" + System.nanoTime() + ".txt");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new SegmentProcess(starter.start(builder), output);
  }

  private static List<String> command(Path file, Path directory) {
    return tradepit("run", "--config", file.toString(), "--dir", directory.toString());
  }

  /** The command line, on the classes of this test. */
  static List<String> tradepit(String... arguments) {
    List<String> line = new ArrayList<>();
    Collections.addAll(
        line,
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "@" + Path.of("src/main/jvm/embedded.flags").toAbsolutePath(),
        "-D" + Shim.FOLDER + "=" + System.getProperty(Shim.FOLDER),
        "-ea",
        "-cp",
        System.getProperty("java.class.path"),
        Tradepit.class.getName());
    Collections.addAll(line, arguments);
    return line;
  }

  void awaitReady() throws IOException, InterruptedException {
    if (!awaitReadyOrEnd()) {
      throw new AssertionError("the segment did not start:\n" + output());
    }
    readyNs = System.nanoTime();
  }

  /** From the start of the process until it served. */
  double readyMs() {
    return (readyNs - startedNs) / 1e6;
  }

  /** True when it serves, false when it ended instead. */
  boolean awaitReadyOrEnd() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!output().contains(SegmentRun.READY)) {
      if (!process.isAlive()) {
        return output().contains(SegmentRun.READY);
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the segment did not start:\n" + output());
      }
      Thread.sleep(5);
    }
    return true;
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, as systemd or Ctrl-C would; returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the segment did not stop in 30 s");
    }
    return process.exitValue();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the segment did not end in 60 s");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
