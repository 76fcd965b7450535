package io.tradepit.perf.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private boolean isClosed;

  private final String venue = "tp-perf-venue-" + ProcessHandle.current().pid();
  private final String member = "tp-perf-member-" + ProcessHandle.current().pid();

  /**
   * @param kernelOwnsVenue whether the venue's kernel has {@link #VENUE}; a bypass has it otherwise
   */
  VethPair(boolean kernelOwnsVenue) {
    // Also when this program is ended by a signal.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "tp-veth-stop"));
    run("ip", "netns", "add", venue);
    run("ip", "netns", "add", member);
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
      throw new IllegalStateException(String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(String.join(" ", command), e);
    }
  }

  /** Does nothing the second time. */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    run("ip", "netns", "delete", venue);
    run("ip", "netns", "delete", member);
  }
}
