package io.tradepit.host.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine that this runs on, or a copy of another one's files.
 *
 * <p>A copy is a directory with {@code proc}, {@code sys} and {@code etc} below it. No command is
 * run on it: what a command had printed there is in a file of {@code commands}, named by its words
 * with blanks between and {@code _} for each slash, such as {@code commands/ethtool -i eth2}.
 *
 * <p>A file or an output of more than 16 MiB counts as not readable; so does what is no regular
 * file, and a file that a reader would wait at, such as /proc/kmsg. A command that does not end in
 * ten seconds is told to end, and two seconds later ended.
 */
public final class RunningHost implements HostView {
  private static final int MOST_BYTES = 16 << 20;
  private static final long COMMAND_SECONDS = 10;
  private static final long END_SECONDS = 2;

  /** Files that a reader waits at until something happens (proc(5), kernel's ftrace). */
  private static final Set<String> WAITING = Set.of("kmsg", "trace_pipe", "trace_pipe_raw");

  // An operator's PATH often lacks what is for root.
  private static final List<String> MORE_PATH = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

  private final Path root;

  /** This machine. */
  public RunningHost() {
    this(Path.of("/"));
  }

  /**
   * @param root {@code /}, or the directory of a copy
   */
  public RunningHost(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Optional<String> text(String path) {
    try {
      Path file = at(path).toRealPath();
      if (!Files.isRegularFile(file) || WAITING.contains(file.getFileName().toString())) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        return bounded(in);
      }
    } catch (IOException e) {
      return Optional.empty(); // by the contract: not there, or not for us
    }
  }

  @Override
  public List<String> names(String directory) {
    try (Stream<Path> entries = Files.list(at(directory))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public Optional<String> link(String path) {
    try {
      return Optional.of(Files.readSymbolicLink(at(path)).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> output(String... command) {
    if (root.getParent() != null) {
      return text("/commands/" + String.join(" ", command).replace('/', '_'));
    }
    return executable(command[0]).flatMap(file -> run(file, List.of(command)));
  }

  @Override
  public void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path at(String path) {
    return root.resolve(path.substring(1));
  }

  private static Optional<Path> executable(String name) {
    if (name.startsWith("/")) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    List<String> directories =
        new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)));
    directories.addAll(MORE_PATH);
    return directories.stream()
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<String> run(Path executable, List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.set(0, executable.toString());
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      // Reading ends when the process does, so someone else must look at the clock.
      Thread clock = Thread.ofVirtual().start(() -> endInTime(process));
      try (InputStream out = process.getInputStream()) {
        Optional<String> text = bounded(out);
        if (text.isEmpty()) {
          end(process);
        }
        return process.waitFor() == 0 ? text : Optional.empty();
      } finally {
        end(process);
        clock.interrupt();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void endInTime(Process process) {
    try {
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
        end(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it has ended
    }
  }

  // A tracer that is killed leaves the kernel's tracing on; told to end, it puts it back.
  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then it has no more time
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static Optional<String> bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      return Optional.empty();
    }
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\n') {
      length--;
    }
    return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
  }
}
