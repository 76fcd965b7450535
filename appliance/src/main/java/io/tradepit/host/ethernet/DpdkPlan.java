package io.tradepit.host.ethernet;

import io.tradepit.config.ConfigException;
import io.tradepit.config.EthernetPort;
import io.tradepit.config.EthernetPort.StampClock;
import io.tradepit.config.NicProfile.Argument;
import io.tradepit.config.NicProfile.VirtualDevice;
import io.tradepit.dpdk.PortOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The arguments that DPDK is started with and those of each port, from the profiles that the ports
 * name ({@code nic-config}).
 *
 * <p>A line of {@code dpdk} that names a card ({@code -a}) is the port's, any other the
 * environment's; a virtual device has its line in {@code virtualDevices}. The environment is one a
 * process, so all ports must ask for the same one.
 *
 * @param environment for {@link io.tradepit.dpdk.Dpdk#start}
 * @param ports how each is opened, by its name
 */
public record DpdkPlan(List<String> environment, Map<String, PortOptions> ports) {
  private static final String ALLOW = "-a";

  public DpdkPlan {
    environment = List.copyOf(environment);
    ports = Map.copyOf(ports);
  }

  /**
   * @param ports of one segment, at least one
   * @throws ConfigException when a profile has no line for a port's card, when two want another
   *     environment, when no card is behind an interface, or when a card's clock is TAI and the
   *     kernel does not know how far that is from UTC
   */
  public static DpdkPlan of(List<EthernetPort> ports, DpdkTerms terms) {
    EthernetPort first = ports.getFirst();
    List<String> environment = new ArrayList<>(environment(first, terms));
    Map<String, PortOptions> options = new HashMap<>();
    for (EthernetPort port : ports) {
      if (!environment(port, terms).equals(environment(first, terms))) {
        String allowed = "one with the arguments of DPDK of the port " + first.name();
        throw refused(port, "profile", port.profile().file(), allowed);
      }
      String device =
          port.driver()
              .map(virtual -> virtual(port, virtual, terms))
              .orElseGet(() -> card(port, terms));
      if (port.driver().isEmpty()) {
        environment.addAll(List.of(ALLOW, device));
      }
      options.put(port.name(), options(port, device, terms));
    }
    return new DpdkPlan(environment, options);
  }

  private static List<String> environment(EthernetPort port, DpdkTerms terms) {
    return port.profile().dpdk().stream()
        .map(Argument::argument)
        .filter(argument -> !isCard(argument))
        .map(argument -> terms.fill(argument, port))
        .flatMap(argument -> Stream.of(argument.split(" ", 2)))
        .toList();
  }

  private static boolean isCard(String argument) {
    return argument.startsWith(ALLOW + " ");
  }

  /** ADDRESS or ADDRESS,ARGUMENTS as DPDK's command line has it. */
  private static String card(EthernetPort port, DpdkTerms terms) {
    return port.profile().dpdk().stream()
        .map(Argument::argument)
        .filter(DpdkPlan::isCard)
        .findFirst()
        .map(argument -> terms.fill(argument.substring(ALLOW.length()).strip(), port))
        .orElseThrow(
            () -> refused(port, "profile", port.profile().file(), "one with an argument -a"));
  }

  /** DRIVER_NAME or DRIVER_NAME,ARGUMENTS. */
  private static String virtual(EthernetPort port, VirtualDevice device, DpdkTerms terms) {
    String name = device.driver() + "_" + port.name();
    return device.arguments().isEmpty() ? name : name + "," + terms.fill(device.arguments(), port);
  }

  private static PortOptions options(EthernetPort port, String device, DpdkTerms terms) {
    String[] parts = device.split(",", 2);
    PortOptions options = PortOptions.of(parts[0], parts.length > 1 ? parts[1] : "");
    if (port.stampClock() == StampClock.UTC) {
      return options;
    }
    if (terms.taiOffsetNs() == 0) {
      String allowed = "where the kernel knows TAI, and nobody told it; phc2sys or chronyd does";
      throw refused(port, "stampClock", "tai", allowed);
    }
    return options.withStamps(0, -terms.taiOffsetNs());
  }

  private static ConfigException refused(
      EthernetPort port, String key, Object value, String allowed) {
    return new ConfigException(
        List.of("ports=" + port.name() + " " + key + "=" + value + ": allowed " + allowed));
  }
}
