package io.tradepit.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A JVM of its own, run to its end, its output read line by line. One thread. It ends with {@link
 * #run}, whatever comes, and when this process ends by a signal.
 */
public final class ChildJvm {
  /** With what follows it, as the last line of a process that failed: why it did. */
  public static final String FAILED = "failed ";

  private static final int KEPT_LINES = 10;

  private final String name;
  private final List<String> command;
  private final Runnable leavings;
  private final Deque<String> others = new ArrayDeque<>();

  /**
   * @param name for what is said of it
   * @param flags of the JVM, without the class path
   * @param arguments of the main class
   */
  public ChildJvm(
      String name,
      String java,
      List<String> flags,
      List<String> classPath,
      Class<?> main,
      List<String> arguments) {
    this.name = name;
    List<String> words = new ArrayList<>();
    words.add(java);
    words.addAll(flags);
    words.add("-cp");
    words.add(String.join(":", classPath));
    words.add(main.getName());
    words.addAll(arguments);
    command = words;
    leavings = () -> {};
  }

  private ChildJvm(String name, List<String> command, Runnable leavings) {
    this.name = name;
    this.command = command;
    this.leavings = leavings;
  }

  /**
   * The same, begun by another command.
   *
   * @param begin gives for a command line the one to run, {@code ip netns exec} for example
   */
  public ChildJvm begunBy(UnaryOperator<List<String>> begin) {
    return new ChildJvm(name, begin.apply(command), leavings);
  }

  /**
   * The same, with what goes with it.
   *
   * @param remove called once it is over, however it and this process end: it may be called twice,
   *     by two threads at once
   */
  public ChildJvm leaving(Runnable remove) {
    return new ChildJvm(name, command, remove);
  }

  /**
   * @param lines answers for each line whether it took it
   * @throws IllegalStateException when it failed: with what it says behind {@link #FAILED}, or else
   *     with the last lines that were not taken
   */
  public void run(Predicate<String> lines) {
    Process process = start();
    // Whoever ends this process by a signal ends that one too.
    Thread onExit = new Thread(() -> end(process), "tp-bench-end");
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      Runtime.getRuntime().addShutdownHook(onExit);
      output.lines().filter(lines.negate()).forEach(this::keep);
      require(process.waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException("process=" + name + " output=closed", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("process=" + name + " interrupted", e);
    } finally {
      end(process);
      remove(onExit);
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      leavings.run();
      throw new UncheckedIOException("process=" + name + " java=" + command.getFirst(), e);
    }
  }

  private void end(Process process) {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leavings.run();
  }

  private static void remove(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // This process is ending: the hook runs, and finds nothing to do.
      return;
    }
  }

  private void keep(String line) {
    others.add(line);
    if (others.size() > KEPT_LINES) {
      others.removeFirst();
    }
  }

  private void require(int exitCode) {
    if (exitCode != 0) {
      throw new IllegalStateException("process=" + name + " exitCode=" + exitCode + reason());
    }
  }

  private String reason() {
    boolean isSaid = !others.isEmpty() && others.getLast().startsWith(FAILED);
    return isSaid
        ? " " + others.getLast().substring(FAILED.length())
        : "\n" + String.join("\n", others);
  }
}
