package io.tradepit.main;

import io.tradepit.config.EthernetPort;
import io.tradepit.config.ExitCode;
import io.tradepit.config.HugePagePlan;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.StartException;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.DpdkException;
import io.tradepit.host.ethernet.DpdkTerms;
import io.tradepit.host.ethernet.EthernetPorts;
import io.tradepit.host.ethernet.EthernetPorts.OpenPort;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.telemetry.CounterRegistry;
import io.tradepit.transport.bypass.BypassPort;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import net.openhft.affinity.Affinity;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Ethernet ports of a segment, open, each with the thread of its gateway or of the publisher;
 * nothing where the segment has none.
 *
 * <p>They stay open over all trading days of a process: an AF_XDP socket cannot be opened twice by
 * one. Starting thread only.
 */
final class SegmentPorts implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SegmentPorts.class);

  /** The user of a plan of huge pages that says how much memory DPDK has. */
  private static final String BUFFERS = "dpdk-buffers";

  /** Without a plan, MiB: frames of a port (8,191 of 2.3 KiB) and its rings, and all the rest. */
  private static final int MIB_OF_PORT = 32;

  private static final int MIB_OF_REST = 64;

  private final SegmentConfig config;

  /** What was obtained for the TCP port of each Ethernet port that members use. */
  private final Map<String, Steering> steering = new HashMap<>();

  private EthernetPorts ports;

  /** What was obtained for a TCP port, in words. */
  private record Steering(int tcpPort, String obtained) {}

  SegmentPorts(SegmentConfig config) {
    this.config = config;
  }

  /**
   * Opens them, unless they are open: those of the day before are taken over as they are.
   *
   * @param counters of the day, which get those of the ports
   * @throws StartException when the kernel has a port's address, or two profiles contradict
   * @throws io.tradepit.host.HostRefusedException when DPDK or a port is not had
   */
  void open(CounterRegistry counters) {
    if (config.ports().isEmpty()) {
      return;
    }
    if (ports == null) {
      open();
    }
    new PortGauges(counters, ports).add();
  }

  private void open() {
    config.ports().forEach(SegmentPorts::requireNotOfKernel);
    ports = EthernetPorts.start(config.ports(), terms(config), LOGGER::warn);
    try {
      ports.names().forEach(ports::open);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  // It would answer what members send by resets, for it knows nothing of their connections.
  private static void requireNotOfKernel(EthernetPort port) {
    try {
      NetworkInterface owner = NetworkInterface.getByInetAddress(port.address());
      if (owner != null) {
        throw new StartException(
            ExitCode.HOST,
            "ports=%s address=%s: the kernel has it on %s; take it away there, or name another"
                .formatted(port.name(), port.address().getHostAddress(), owner.getName()));
      }
    } catch (SocketException e) {
      throw new StartException(ExitCode.HOST, "ports=" + port.name() + ": " + e.getMessage(), e);
    }
  }

  static DpdkTerms terms(SegmentConfig config) {
    return new DpdkTerms(
        config.name(),
        cpus(config),
        mebibytes(config),
        DpdkTerms.INTERFACES,
        DpdkTerms.taiOffsetNs(new FfmLibc()));
  }

  // The core of the thread that polls, members' first; any where it is not pinned.
  private static String cpus(SegmentConfig config) {
    Set<String> roles = roles(config);
    OptionalInt core =
        config.threads().stream()
            .filter(plan -> plan.roles().stream().anyMatch(roles::contains))
            .map(SegmentConfig.ThreadPlan::core)
            .findFirst()
            .orElse(OptionalInt.empty());
    return core.isPresent()
        ? Integer.toString(core.getAsInt())
        : Affinity.getAffinity().stream()
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(","));
  }

  private static String mebibytes(SegmentConfig config) {
    return config.host().pages().stream()
        .flatMap(plan -> plan.users().stream())
        .filter(user -> user.user().equals(BUFFERS) && user.bytes().isPresent())
        .findFirst()
        .map(SegmentPorts::mebibytesOfNodes)
        .orElse(Integer.toString(MIB_OF_REST + MIB_OF_PORT * config.ports().size()));
  }

  // Nothing on the nodes before its own.
  private static String mebibytesOfNodes(HugePagePlan.User user) {
    OptionalLong bytes = user.bytes();
    return "0,".repeat(user.node().orElse(0)) + (bytes.orElseThrow() >> 20);
  }

  /** Roles whose threads drive a port. */
  private static Set<String> roles(SegmentConfig config) {
    Set<String> roles = new HashSet<>();
    config.gateways().stream()
        .filter(gateway -> gateway.ethernetPort().isPresent())
        .forEach(gateway -> roles.add("gateway-" + gateway.id()));
    if (config.feed().linePorts().isPresent()) {
      roles.add("publisher");
    }
    return roles;
  }

  /** An agent on the thread of a plan: where it drives a port, the thread is one of DPDK's. */
  Agent onThread(SegmentConfig.ThreadPlan plan, Agent agent) {
    return plan.roles().stream().anyMatch(roles(config)::contains)
        ? new DpdkThread(dpdk(), agent)
        : agent;
  }

  /**
   * Has TCP to a gateway's address come to the queue that is polled, where the device takes rules;
   * before the gateway's thread begins. The rule stays as long as the port is open.
   */
  void steer(EthernetPort port, InetSocketAddress to) {
    Steering before = steering.get(port.name());
    if (before == null || before.tcpPort != to.getPort()) {
      steering.put(port.name(), new Steering(to.getPort(), steered(port(port), to)));
    }
  }

  private String steered(OpenPort open, InetSocketAddress to) {
    if ((open.description().can() & Dpdk.STEERS) == 0) {
      return "none, the device has no flow rules";
    }
    try {
      int address = ByteBuffer.wrap(to.getAddress().getAddress()).getInt();
      dpdk().steer(open.handle(), address, to.getPort());
      return "TCP port " + to.getPort() + " to the polled queue";
    } catch (DpdkException e) {
      LOGGER.warn("port={} {}", open.config().name(), e.getMessage());
      return "none, " + e.getMessage();
    }
  }

  /** What {@link #steer} obtained for a port; nothing where no gateway uses it. */
  Optional<String> steering(EthernetPort port) {
    return Optional.ofNullable(steering.get(port.name())).map(Steering::obtained);
  }

  /** Looks at every link; nothing where the segment has no port. */
  void lookAtLinks() {
    if (ports != null) {
      ports.lookAtLinks();
    }
  }

  /** DPDK that drives them; only where there is a port. */
  Dpdk dpdk() {
    return ports.dpdk();
  }

  /** An open port. */
  OpenPort port(EthernetPort port) {
    return ports.port(port.name());
  }

  /** An open port as the transport of its gateway takes it; the thread is registered already. */
  BypassPort bypass(EthernetPort port) {
    return new BypassPort(
        port.name(),
        dpdk().device(port(port).handle()),
        port.address(),
        port.prefixBits(),
        port.gateway().orElse(null),
        port.vlan(),
        () -> {},
        () -> {});
  }

  /** Closes the ports, whose threads have ended. */
  @Override
  public void close() {
    EthernetPorts open = ports;
    ports = null;
    CloseHelper.close(open);
  }
}
