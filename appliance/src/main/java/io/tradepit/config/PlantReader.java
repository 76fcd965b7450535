package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Gateway;
import io.tradepit.config.SegmentConfig.Glimpse;
import io.tradepit.config.SegmentConfig.Retransmission;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.config.SegmentConfig.TransportKind;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the ports and the threads. */
final class PlantReader {
  static final int MAX_GATEWAYS = 16;

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
    ThreadReader reader = ThreadReader.ofSegment(problems, gateways);
    List<ThreadPlan> threads = new ArrayList<>();
    for (Section section : root.sections("threads", 1, ThreadReader.MOST_THREADS)) {
      threads.add(reader.read(section));
      section.finish();
    }
    if (!feedIsRecovered) {
      reader.assign(ThreadReader.FEED_RECOVERY);
    }
    if (!reader.assign(ThreadReader.SNAPSHOTS)) {
      threads.add(ThreadReader.SNAPSHOT_PLAN);
    }
    reader.requireAll(root);
    return List.copyOf(threads);
  }
}
