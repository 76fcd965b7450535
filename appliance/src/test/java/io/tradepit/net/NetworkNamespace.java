package io.tradepit.net;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A network namespace of a test, named {@code tp-<pid>-<role>}, with loopback up and nothing else.
 *
 * <p>Three ways in: a command that ends ({@link #run}), a process that stays ({@link #start}), and
 * a thread of this JVM ({@link #call}), whose sockets belong to the namespace for good, so that a
 * client in Java needs no process of its own:
 *
 * <pre>{@code
 * try (NetworkNamespace member = NetworkNamespace.make("member");
 *     NetworkNamespace box = NetworkNamespace.make("box")) {
 *   VethPair pair = VethPair.between(member, "m0", box, "b0");
 *   pair.left().address("10.77.0.2/24");
 *   pair.right().withoutKernel();
 *   SocketChannel channel = member.call(() -> SocketChannel.open(gateway));
 * }
 * }</pre>
 *
 * <p>Closing ends the processes that were started in it and removes it; interfaces in it go with
 * it. What a killed run left is removed by the next one that makes a namespace.
 */
public final class NetworkNamespace implements AutoCloseable {
  private static final String PREFIX = "tp-";
  private static final Path FOLDER = Path.of("/run/netns");
  private static final int CALL_LIMIT_SECONDS = 60;

  private final String name;
  private final List<Process> started = new ArrayList<>();

  private NetworkNamespace(String name) {
    this.name = name;
  }

  /**
   * Makes one; a test on a machine that has none, or is not root on it, is skipped with the reason.
   *
   * @param role 1 to 8 of a-z and 0-9, another one for each namespace that a test holds
   */
  public static NetworkNamespace make(String role) throws IOException {
    requireWhatIsNeeded();
    removeThoseOfTheDead();
    NetworkNamespace made =
        new NetworkNamespace(PREFIX + ProcessHandle.current().pid() + "-" + role);
    Commands.run(List.of("ip", "netns", "add", made.name));
    made.ip("link", "set", "lo", "up");
    return made;
  }

  private static void requireWhatIsNeeded() {
    if (!"root".equals(System.getProperty("user.name"))) {
      abort("skipped: a network namespace needs root");
    }
    for (String[] tool : new String[][] {{"ip", "-V"}, {"ethtool", "--version"}}) {
      try {
        Commands.run(List.of(tool));
      } catch (IOException e) {
        abort("skipped: no " + tool[0] + " on this machine: " + e.getMessage());
      }
    }
    if (!Files.exists(Path.of("/proc/self/ns/net"))) {
      abort("skipped: this kernel has no network namespaces");
    }
  }

  private static void removeThoseOfTheDead() throws IOException {
    for (String line : Commands.run(List.of("ip", "netns", "list")).split("\n", -1)) {
      String name = line.split(" ", -1)[0];
      if (name.matches(PREFIX + "\\d+-.*") && !isAlive(name.split("-", -1)[1])) {
        Commands.run(List.of("ip", "netns", "del", name));
      }
    }
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  /** As {@code ip netns} knows it. */
  public String name() {
    return name;
  }

  Path file() {
    return FOLDER.resolve(name);
  }

  /** {@code ip} in it: {@code ip("addr", "show")}. Returns what it printed. */
  public String ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(arguments));
    return Commands.run(command);
  }

  /**
   * Runs a short command in it to its end.
   *
   * @return what it printed, output and errors together
   * @throws IOException it is not there, ended with another code than 0, or went on beyond 20 s
   */
  public String run(String... command) throws IOException {
    return Commands.run(inside(List.of(command)));
  }

  /** The command line that runs a command in it. */
  public List<String> inside(List<String> command) {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", name));
    line.addAll(command);
    return line;
  }

  /**
   * Starts a process in it, which is killed, with its children, when the namespace is closed.
   *
   * @param builder its command is run inside; where its output goes is the caller's choice
   */
  public Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.command(inside(builder.command())).start();
    started.add(process);
    return process;
  }

  /**
   * Calls from a thread of its own that is in the namespace, and waits for it, at most 60 s.
   * Sockets that it opens stay in the namespace when the caller uses them.
   *
   * @throws IOException from the call, or because the thread could not enter
   */
  public <T> T call(Callable<T> body) throws IOException {
    FutureTask<T> task = new FutureTask<>(body);
    Thread thread = thread("in-" + name, task);
    thread.start();
    try {
      return task.get(CALL_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new IOException("namespace=" + name + " seconds=" + CALL_LIMIT_SECONDS, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted=" + name, e);
    }
  }

  private IOException failed(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException("namespace=" + name + ": " + cause.getMessage(), cause);
  }

  /** A thread, not started yet, that enters the namespace before it does anything else. */
  public Thread thread(String threadName, Runnable body) {
    return Thread.ofPlatform()
        .name(threadName)
        .daemon()
        .unstarted(() -> {
          try {
            enter();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          body.run();
        });
  }

  /** A tap in it, down and without an address, for another process to plug a cable into. */
  public CableEnd tap(String tapName) throws IOException {
    ip("tuntap", "add", "dev", tapName, "mode", "tap");
    CableEnd end = new CableEnd(this, tapName);
    end.prepare();
    return end;
  }

  /** Moves the calling thread, which must be one of the kernel, for good; the others stay. */
  private void enter() throws IOException {
    int descriptor = SystemCalls.openToRead(file().toString());
    try {
      SystemCalls.enterNetwork(descriptor);
    } finally {
      SystemCalls.close(descriptor);
    }
  }

  /** Ends the processes that were started in it, and removes it. */
  @Override
  public void close() throws IOException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
    Commands.run(List.of("ip", "netns", "del", name));
  }
}
