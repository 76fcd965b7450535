package io.tradepit.perf.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces with a cable between them: the venue's, and a member's whose kernel owns
 * {@link #MEMBER}. Gone when closed. Needs root and {@code ip} of iproute2.
 */
final class VethPair implements WireNetwork {
  static final String VENUE = "10.77.0.1";
  static final String MEMBER = "10.77.0.2";
  static final String LABEL = "veth pair";

  /** Both ends. */
  static final String NETWORK = "10.77.0.0/24";

  /** The venue's end of the cable, in its namespace. */
  static final String VENUE_END = "tp0";

  private static final String MEMBER_END = "tp1";
  private static final String PREFIX = "/24";
  private static final int LIMIT_S = 10;

  private static final int ROOT = 0;

  private final List<String> made = new ArrayList<>();
  // Also when this program is ended by a signal.
  private final Thread onExit = new Thread(this::closeOnExit, "tp-veth-stop");
  private final String venue = "tp-perf-venue-" + ProcessHandle.current().pid();
  private final String member = "tp-perf-member-" + ProcessHandle.current().pid();

  /**
   * @param kernelOwnsVenue whether the venue's kernel has {@link #VENUE}; a bypass has it otherwise
   * @throws IllegalStateException when this user is not root, or a command failed; nothing stays
   */
  VethPair(boolean kernelOwnsVenue) {
    requireRoot();
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      make(venue);
      make(member);
      lay(kernelOwnsVenue);
    } catch (IllegalStateException e) {
      removeHook();
      deleteAll().forEach(failure -> e.addSuppressed(new IllegalStateException(failure)));
      throw e;
    }
  }

  private static void requireRoot() {
    try {
      if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT)) {
        throw new IllegalStateException("--veth: allowed as root");
      }
    } catch (IOException e) {
      throw new IllegalStateException("file=/proc/self: cannot be read", e);
    }
  }

  private synchronized void make(String namespace) {
    run("ip", "netns", "add", namespace);
    made.add(namespace);
  }

  private void lay(boolean kernelOwnsVenue) {
    run(
        "ip",
        "-n",
        venue,
        "link",
        "add",
        VENUE_END,
        "type",
        "veth",
        "peer",
        MEMBER_END,
        "netns",
        member);
    // The sums of what the member sends are made, not left to a card that is not there.
    inMember("ethtool", "-K", MEMBER_END, "tx", "off");
    run("ip", "-n", member, "address", "add", MEMBER + PREFIX, "dev", MEMBER_END);
    if (kernelOwnsVenue) {
      run("ip", "-n", venue, "address", "add", VENUE + PREFIX, "dev", VENUE_END);
    }
    for (String end : List.of("lo", VENUE_END)) {
      run("ip", "-n", venue, "link", "set", end, "up");
    }
    run("ip", "-n", venue, "link", "set", "lo", "multicast", "on");
    run("ip", "-n", member, "link", "set", MEMBER_END, "up");
  }

  @Override
  public String address() {
    return VENUE;
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public List<String> inVenue(List<String> command) {
    return in(venue, command);
  }

  @Override
  public List<String> inMember(List<String> command) {
    return in(member, command);
  }

  private static List<String> in(String namespace, List<String> command) {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    line.addAll(command);
    return line;
  }

  private void inMember(String... command) {
    run(inMember(List.of(command)).toArray(String[]::new));
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new IllegalStateException(String.join(" ", command) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(String.join(" ", command), e);
    }
  }

  /**
   * Does nothing the second time.
   *
   * @throws IllegalStateException when a namespace stays
   */
  @Override
  public void close() {
    removeHook();
    List<String> failures = deleteAll();
    if (!failures.isEmpty()) {
      throw new IllegalStateException(String.join("; ", failures));
    }
  }

  private void closeOnExit() {
    deleteAll().forEach(failure -> System.err.println("tradepit: bench: " + failure));
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // This process is ending: the hook runs, and deletes what is left, or finds nothing.
      return;
    }
  }

  /** Returns what failed. */
  private synchronized List<String> deleteAll() {
    List<String> failures = new ArrayList<>();
    for (String namespace : made) {
      try {
        run("ip", "netns", "delete", namespace);
      } catch (IllegalStateException e) {
        failures.add(e.getMessage());
      }
    }
    made.clear();
    return failures;
  }
}
