package io.tradepit.host.ethernet;

import io.tradepit.config.EthernetPort;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.DpdkEnvironment;
import io.tradepit.dpdk.DpdkException;
import io.tradepit.dpdk.PortDescription;
import io.tradepit.dpdk.PortStatistics;
import io.tradepit.host.HostRefusedException;
import io.tradepit.host.HostRefusedException.Kind;
import io.tradepit.shim.ShimException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Ethernet ports of one segment. They are opened by the starting thread, before the threads
 * that poll them begin, and closed by it when those have ended.
 *
 * <p>The lock is for opening, closing, statistics and links; no frame passes it.
 */
public final class EthernetPorts implements AutoCloseable {
  /**
   * A port that is open.
   *
   * @param handle what {@link Dpdk} takes for it
   * @param mac in the low 48 bits, the first byte the highest
   */
  public record OpenPort(EthernetPort config, long handle, PortDescription description, long mac) {
    /** Its address, 6 bytes. */
    public byte[] macBytes() {
      byte[] bytes = new byte[MAC_BYTES];
      for (int i = 0; i < MAC_BYTES; i++) {
        bytes[i] = (byte) (mac >>> ((MAC_BYTES - 1 - i) * Byte.SIZE));
      }
      return bytes;
    }

    /** Whether it was told to do what a flag of {@link Dpdk} says. */
    public boolean does(int offload) {
      return (description.does() & offload) != 0;
    }
  }

  private static final int MAC_BYTES = 6;

  private static final Pattern UNKNOWN_DRIVER =
      Pattern.compile("failed to parse device \"(net_[a-z_]+?)_[^_\"]*\"");

  private static final PortStatistics NOTHING =
      new PortStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final Dpdk dpdk;
  private final DpdkPlan plan;
  private final Consumer<String> notes;
  private final PortRequirements requirements;
  private final LeftPrograms left;
  private final Map<String, EthernetPort> ports = new LinkedHashMap<>();
  private final Map<String, OpenPort> open = new LinkedHashMap<>();
  private final Map<String, PortStatistics> last = new LinkedHashMap<>();
  private final LinkStates links;

  private EthernetPorts(
      Dpdk dpdk, List<EthernetPort> ports, DpdkPlan plan, Consumer<String> notes) {
    this.dpdk = dpdk;
    this.plan = plan;
    this.notes = notes;
    this.requirements = new PortRequirements(dpdk);
    this.left = new LeftPrograms(dpdk);
    this.links = new LinkStates(notes);
    ports.forEach(port -> this.ports.put(port.name(), port));
    ports.forEach(port -> last.put(port.name(), NOTHING));
  }

  /**
   * Starts the environment, unless it runs in this process already.
   *
   * @param notes told, a line each, what {@link #open} took off an interface and {@link #close}
   *     could not do
   * @throws HostRefusedException when DPDK is not there or refuses, with what it said
   */
  public static EthernetPorts start(
      List<EthernetPort> ports, DpdkTerms terms, Consumer<String> notes) {
    DpdkPlan plan = DpdkPlan.of(ports, terms);
    Dpdk dpdk = refusing(() -> DpdkEnvironment.start(plan.environment()));
    return new EthernetPorts(dpdk, ports, plan, notes);
  }

  /** DPDK that drives them. */
  public Dpdk dpdk() {
    return dpdk;
  }

  /** The names, in the order of the segment's file. */
  public List<String> names() {
    return List.copyOf(ports.keySet());
  }

  /**
   * Opens a port for one thread, which registers itself with DPDK before it polls. What a killed
   * process left on the interface is taken off before.
   *
   * @throws HostRefusedException when something that the device needs is missing, when another
   *     process uses the interface, or when DPDK refuses, with what it said
   */
  public synchronized OpenPort open(String name) {
    if (open.containsKey(name)) {
      throw new IllegalStateException("port=" + name + ": open already, a port has one thread");
    }
    EthernetPort config = ports.get(name);
    requirements.check(config);
    refusing(() -> left.takeOff(config)).ifPresent(notes);
    long handle = refusing(() -> dpdk.open(plan.ports().get(name)));
    OpenPort port = refusing(() -> opened(config, handle));
    open.put(name, port);
    return port;
  }

  private OpenPort opened(EthernetPort config, long handle) {
    try {
      return new OpenPort(config, handle, dpdk.describe(handle), dpdk.mac(handle));
    } catch (DpdkException e) {
      dpdk.close(handle);
      throw e;
    }
  }

  /** An open port of this name. */
  public synchronized OpenPort port(String name) {
    return open.get(name);
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

  /**
   * Looks at every link, so that nothing waits at one that is down; to be called some times a
   * second, from one thread. Notes each change, and an error of the look once.
   */
  public synchronized void lookAtLinks() {
    open.forEach((name, port) -> links.onLook(name, dpdk.link(port.handle())));
  }

  private static <T> T refusing(Supplier<T> step) {
    try {
      return step.get();
    } catch (DpdkException | ShimException e) {
      throw new HostRefusedException(Kind.PORT, e.getMessage() + hint(e.getMessage()), e);
    }
  }

  /** DPDK takes the name of a driver that is not installed for that of no device at all. */
  private static String hint(String message) {
    Matcher unknown = UNKNOWN_DRIVER.matcher(message);
    return unknown.find()
        ? "; its driver is not installed: apt-get install librte-"
            + unknown.group(1).replace('_', '-')
            + "23"
        : "";
  }

  /**
   * Closes every port, whose thread has ended; what they had counted stays readable. What one does
   * not do is a note, and the others are closed.
   */
  @Override
  public synchronized void close() {
    open.values().forEach(this::close);
    open.clear();
  }

  private void close(OpenPort port) {
    String name = port.config().name();
    try {
      last.put(name, dpdk.statistics(port.handle()));
    } catch (DpdkException e) {
      notes.accept("port=" + name + ": its last counts are lost: " + e.getMessage());
    }
    int error = dpdk.close(port.handle());
    if (error != 0) {
      notes.accept("port=" + name + ": not closed, errno=" + -error);
    }
  }
}
