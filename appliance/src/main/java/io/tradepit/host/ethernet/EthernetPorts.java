package io.tradepit.host.ethernet;

import io.tradepit.config.EthernetPort;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.DpdkException;
import io.tradepit.dpdk.PortDescription;
import io.tradepit.dpdk.PortStatistics;
import io.tradepit.host.HostRefusedException;
import io.tradepit.host.HostRefusedException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The Ethernet ports of one segment: the environment of DPDK is started once, each port is opened
 * by the thread that polls it, and closed by it.
 *
 * <p>The lock is for opening, closing and statistics; no frame passes it.
 */
public final class EthernetPorts implements AutoCloseable {
  /** A port that is open: what {@link Dpdk} takes for it, and what it is. */
  public record OpenPort(EthernetPort config, long handle, PortDescription description) {}

  private static final PortStatistics NOTHING = new PortStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final Dpdk dpdk;
  private final DpdkPlan plan;
  private final Map<String, EthernetPort> ports = new LinkedHashMap<>();
  private final Map<String, OpenPort> open = new LinkedHashMap<>();
  private final Map<String, PortStatistics> last = new LinkedHashMap<>();

  private EthernetPorts(Dpdk dpdk, List<EthernetPort> ports, DpdkPlan plan) {
    this.dpdk = dpdk;
    this.plan = plan;
    ports.forEach(port -> this.ports.put(port.name(), port));
    ports.forEach(port -> last.put(port.name(), NOTHING));
  }

  /**
   * Takes off what killed processes left on the interfaces, and starts the environment, which is
   * possible once a process.
   *
   * @param notes told what was taken off, a line each
   * @throws HostRefusedException when a process that lives uses an interface, or DPDK refuses
   */
  public static EthernetPorts start(
      Dpdk dpdk, List<EthernetPort> ports, DpdkTerms terms, Consumer<String> notes) {
    DpdkPlan plan = DpdkPlan.of(ports, terms);
    refusing(() -> {
      dpdk.start(plan.environment());
      LeftPrograms left = new LeftPrograms(dpdk);
      ports.forEach(port -> left.takeOff(port).ifPresent(notes));
    });
    return new EthernetPorts(dpdk, ports, plan);
  }

  /** The names, in the order of the segment's file. */
  public List<String> names() {
    return List.copyOf(ports.keySet());
  }

  /**
   * Opens a port for the calling thread, which has registered itself with DPDK and is the only one
   * that uses it.
   *
   * @throws HostRefusedException when a step of it is refused, with what DPDK said
   */
  public synchronized OpenPort open(String name) {
    if (open.containsKey(name)) {
      throw new IllegalStateException("port=" + name + ": open already, a port has one thread");
    }
    long[] handle = new long[1];
    refusing(() -> handle[0] = dpdk.open(plan.ports().get(name)));
    OpenPort port = new OpenPort(ports.get(name), handle[0], dpdk.describe(handle[0]));
    open.put(name, port);
    return port;
  }

  /** Closes a port, on its own thread; what it had counted stays readable. */
  public synchronized void close(OpenPort port) {
    String name = port.config().name();
    last.put(name, dpdk.statistics(port.handle()));
    open.remove(name);
    dpdk.close(port.handle());
  }

  /** What a port has counted, from any thread; zeros before it is opened. */
  public synchronized PortStatistics statistics(String name) {
    OpenPort port = open.get(name);
    return port == null ? last.get(name) : dpdk.statistics(port.handle());
  }

  /** Whether the link of a port is up, from any thread; not when it is not open. */
  public synchronized boolean isLinkUp(String name) {
    OpenPort port = open.get(name);
    return port != null && dpdk.describe(port.handle()).isLinkUp();
  }

  private static void refusing(Runnable step) {
    try {
      step.run();
    } catch (DpdkException e) {
      throw new HostRefusedException(Kind.PORT, e.getMessage(), e);
    }
  }

  /** Ends the environment, after every port. */
  @Override
  public synchronized void close() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("ports=" + open.keySet() + ": open");
    }
    dpdk.stop();
  }
}
