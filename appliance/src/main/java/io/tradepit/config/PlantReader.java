package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Gateway;
import io.tradepit.config.SegmentConfig.Glimpse;
import io.tradepit.config.SegmentConfig.Retransmission;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.config.SegmentConfig.TransportKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the ports and the threads. */
final class PlantReader {
  static final int MAX_GATEWAYS = 16;

  private static final String GATEWAY_TRANSPORTS = "io_uring, epoll or bypass";
  private static final String KERNEL_TRANSPORTS = "io_uring or epoll";

  private final Problems problems;
  private final boolean embedded;
  private final PortReader ports;

  PlantReader(Problems problems, boolean embedded, PortReader ports) {
    this.problems = problems;
    this.embedded = embedded;
    this.ports = ports;
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
      if (isBypass(gateway) && gateways.stream().anyMatch(PlantReader::isBypass)) {
        section.notAllowed(
            "transport",
            "bypass for one gateway of a segment: a process has one TCP stack of its own");
      }
      gateways.add(gateway);
      section.finish();
    }
    return List.copyOf(gateways);
  }

  private static boolean isBypass(Gateway gateway) {
    return gateway.transport() == TransportKind.BYPASS;
  }

  private Gateway gateway(Section section) {
    int id = section.integer("id", null, 1, MAX_GATEWAYS);
    TransportKind transport = transport(section, GATEWAY_TRANSPORTS);
    Optional<EthernetPort> port = ethernetPort(section, id, transport);
    InetAddress address =
        transport == TransportKind.BYPASS ? ofPort(section, port) : ofKernel(section);
    int number = section.integer("port", null, 0, SegmentConfigReader.MAX_PORT);
    return new Gateway(id, transport, new InetSocketAddress(address, number), port);
  }

  private Optional<EthernetPort> ethernetPort(Section section, int id, TransportKind transport) {
    if (transport == TransportKind.BYPASS) {
      return ports.ofGateway(section, id);
    }
    if (section.has("ethernetPort")) {
      section.notAllowed("ethernetPort", "only with transport: bypass");
    }
    return Optional.empty();
  }

  private static InetAddress ofPort(Section section, Optional<EthernetPort> port) {
    if (section.has("address")) {
      section.notAllowed("address", "not with transport: bypass, it is that of the ethernetPort");
    }
    return port.<InetAddress>map(EthernetPort::address).orElse(InetAddress.getLoopbackAddress());
  }

  private InetAddress ofKernel(Section section) {
    return SegmentConfigReader.address(section, "address", embedded ? "127.0.0.1" : null);
  }

  private TransportKind transport(Section section, String allowed) {
    TransportKind transport =
        section.choice("transport", embedded ? TransportKind.AUTO : null, TransportKind.class);
    if (transport == TransportKind.AUTO && !embedded) {
      section.notAllowed("transport", allowed + "; auto in the embedded profile only");
    }
    return transport;
  }

  // It is served by a thread that does not poll, and a TCP stack of our own is one gateway's.
  private TransportKind kernelTransport(Section section) {
    TransportKind transport = transport(section, KERNEL_TRANSPORTS);
    if (transport == TransportKind.BYPASS) {
      section.notAllowed("transport", KERNEL_TRANSPORTS + "; bypass is for gateways");
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
        new Glimpse(
            kernelTransport(section), unicast(section), section.integer("clients", 16, 1, 1_024));
    section.finish();
    return Optional.of(glimpse);
  }

  // Receivers send to it as it stands here, so it is neither any address nor any port.
  private InetSocketAddress unicast(Section section) {
    InetAddress address = ofKernel(section);
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      section.notAllowed("address", "an address of this machine, not any and no group");
    }
    return new InetSocketAddress(
        address, section.integer("port", null, 1, SegmentConfigReader.MAX_PORT));
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
