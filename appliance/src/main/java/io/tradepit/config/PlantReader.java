package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Gateway;
import io.tradepit.config.SegmentConfig.Glimpse;
import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.Retransmission;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.config.SegmentConfig.TransportKind;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the ports and the threads. */
final class PlantReader {
  static final int MAX_GATEWAYS = 16;

  private static final Pattern THREAD = Pattern.compile("tp-[a-z0-9-]{1,12}");
  private static final Pattern CORE = Pattern.compile("any|\\d{1,4}");
  private static final List<String> ROLES =
      List.of("publisher", "sequencer", "matcher", "recorder", "media", "admin");

  private static final String FEED_RECOVERY = "feed-recovery";

  /** Has a thread of its own where the file gives it none: it has nothing to do with orders. */
  private static final String SNAPSHOTS = "snapshots";

  private static final String SNAPSHOT_THREAD = "tp-snap";

  private final Problems problems;
  private final boolean embedded;

  PlantReader(Problems problems, boolean embedded) {
    this.problems = problems;
    this.embedded = embedded;
  }

  List<Gateway> gateways(Section root) {
    List<Gateway> gateways = new ArrayList<>();
    Set<InetSocketAddress> addresses = new HashSet<>();
    for (Section section : root.sections("gateways", 1, MAX_GATEWAYS)) {
      Gateway gateway = gateway(section);
      if (gateways.stream().anyMatch(earlier -> earlier.id() == gateway.id())) {
        section.notAllowed("id", "a number that is used once");
      }
      if (gateway.address().getPort() != 0 && !addresses.add(gateway.address())) {
        section.notAllowed("port", "a port that no other gateway has at this address");
      }
      gateways.add(gateway);
      section.finish();
    }
    return List.copyOf(gateways);
  }

  private Gateway gateway(Section section) {
    int id = section.integer("id", null, 1, MAX_GATEWAYS);
    TransportKind transport = transport(section);
    var address = SegmentConfigReader.address(section, "address", embedded ? "127.0.0.1" : null);
    int port = section.integer("port", null, 0, 65_535);
    return new Gateway(id, transport, new InetSocketAddress(address, port));
  }

  private TransportKind transport(Section section) {
    TransportKind transport =
        section.choice("transport", embedded ? TransportKind.AUTO : null, TransportKind.class);
    if (transport == TransportKind.AUTO && !embedded) {
      section.notAllowed("transport", "io_uring or epoll; auto in the embedded profile only");
    }
    return transport;
  }

  /** Where requests for retransmission are served, if the feed has the section. */
  Optional<Retransmission> retransmission(Section feed) {
    if (!feed.has("retransmission")) {
      return Optional.empty();
    }
    Section section = feed.section("retransmission");
    Retransmission retransmission =
        new Retransmission(
            unicast(section),
            section.integer("burst", 200, 1, 1_000_000),
            section.integer("requestsPerSecond", 2_000, 1, 1_000_000),
            section.integer("requesters", 1_024, 1, 65_536));
    section.finish();
    return Optional.of(retransmission);
  }

  /** Where snapshots are served, if the feed has the section. */
  Optional<Glimpse> glimpse(Section feed) {
    if (!feed.has("glimpse")) {
      return Optional.empty();
    }
    Section section = feed.section("glimpse");
    Glimpse glimpse =
        new Glimpse(transport(section), unicast(section), section.integer("clients", 16, 1, 1_024));
    section.finish();
    return Optional.of(glimpse);
  }

  // Receivers send to it as it stands here, so it is neither any address nor any port.
  private InetSocketAddress unicast(Section section) {
    var address = SegmentConfigReader.address(section, "address", embedded ? "127.0.0.1" : null);
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      section.notAllowed("address", "an address of this machine, not any and no group");
    }
    return new InetSocketAddress(address, section.integer("port", null, 1, 65_535));
  }

  /**
   * @param feedIsRecovered whether there is anything for the role of feed recovery to do; if not,
   *     it may be left out
   */
  List<ThreadPlan> threads(Section root, List<Gateway> gateways, boolean feedIsRecovered) {
    List<String> unassigned = new ArrayList<>(ROLES);
    unassigned.add(FEED_RECOVERY);
    unassigned.add(SNAPSHOTS);
    gateways.stream().map(gateway -> "gateway-" + gateway.id()).distinct().forEach(unassigned::add);
    Set<String> roles = new LinkedHashSet<>(unassigned);
    List<ThreadPlan> threads = new ArrayList<>();
    for (Section section : root.sections("threads", 1, 32)) {
      ThreadPlan thread = thread(section, roles, unassigned);
      if (threads.stream().anyMatch(earlier -> earlier.name().equals(thread.name()))) {
        section.notAllowed("name", "a name that is used once");
      }
      requireOwnCore(section, thread, threads);
      requireAlone(section, thread);
      threads.add(thread);
      section.finish();
    }
    if (!feedIsRecovered) {
      unassigned.remove(FEED_RECOVERY);
    }
    if (unassigned.remove(SNAPSHOTS)) {
      threads.add(
          new ThreadPlan(
              SNAPSHOT_THREAD,
              List.of(SNAPSHOTS),
              OptionalInt.empty(),
              Idle.BACKOFF,
              OptionalInt.empty()));
    }
    if (root.has("threads") && !threads.isEmpty() && !unassigned.isEmpty()) {
      problems.notAllowed(
          root.line("threads"),
          "threads",
          "without " + String.join(", ", unassigned),
          "each role on one thread: " + String.join(", ", roles));
    }
    return List.copyOf(threads);
  }

  private ThreadPlan thread(Section section, Set<String> roles, List<String> unassigned) {
    String name =
        section.text("name", null, THREAD, "tp- and 1 to 12 of a-z, 0-9 and -, such as tp-seq");
    List<String> taken = new ArrayList<>();
    String allowed = "one of " + String.join(", ", roles) + ", each once in all";
    for (String role : section.texts("roles", 1, 24, Pattern.compile(".+"), allowed)) {
      if (!unassigned.remove(role)) {
        problems.notAllowed(section.line("roles"), section.key("roles"), role, allowed);
      }
      taken.add(role);
    }
    String core = section.text("core", "any", CORE, "any or the number of a core");
    Idle idle = section.choice("idle", Idle.BACKOFF, Idle.class);
    return new ThreadPlan(name, List.copyOf(taken), core(core), idle, OptionalInt.empty());
  }

  private static OptionalInt core(String text) {
    boolean number = CORE.matcher(text).matches() && !"any".equals(text);
    return number ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  // Its writes wait for the disk, and its thread is of low priority.
  private static void requireAlone(Section section, ThreadPlan thread) {
    if (thread.roles().contains(SNAPSHOTS) && thread.roles().size() > 1) {
      section.notAllowed("roles", SNAPSHOTS + " alone on its thread");
    }
    if (thread.name().equals(SNAPSHOT_THREAD) && !thread.roles().contains(SNAPSHOTS)) {
      section.notAllowed("name", "another name: that one is of the role " + SNAPSHOTS);
    }
  }

  private static void requireOwnCore(
      Section section, ThreadPlan thread, List<ThreadPlan> earlierThreads) {
    for (ThreadPlan earlier : earlierThreads) {
      boolean spins = thread.idle() == Idle.BUSY_SPIN || earlier.idle() == Idle.BUSY_SPIN;
      if (spins && thread.core().isPresent() && thread.core().equals(earlier.core())) {
        section.notAllowed("core", "another core than that of " + earlier.name() + ", one spins");
      }
    }
  }
}
