package io.tradepit.host.ethernet;

import io.tradepit.config.EthernetPort;
import io.tradepit.config.NicProfile.VirtualDevice;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.host.Capabilities;
import io.tradepit.host.HostRefusedException;
import io.tradepit.host.HostRefusedException.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a virtual device needs before DPDK is asked for it: the interface, and the rights of the
 * process (capabilities(7)). DPDK itself would name the call that failed, not what is missing.
 */
final class PortRequirements {
  /** With the number of its bit. */
  private enum Capability {
    CAP_NET_ADMIN(12),
    CAP_NET_RAW(13),
    CAP_IPC_LOCK(14),
    CAP_SYS_ADMIN(21);

    private final int bit;

    Capability(int bit) {
      this.bit = bit;
    }
  }

  private static final String RING = "net_ring";
  private static final String TAP = "net_tap";

  /** Found by trying each driver with less; what is not here needs none that is known. */
  private static final Map<String, List<Capability>> NEEDED =
      Map.of(
          // It sets the address that the interface has.
          "net_af_packet",
          List.of(Capability.CAP_NET_RAW, Capability.CAP_NET_ADMIN),
          // The memory of the frames is locked beyond the usual limit, and libxdp looks for
          // programs by their numbers.
          "net_af_xdp",
          List.of(
              Capability.CAP_NET_RAW,
              Capability.CAP_NET_ADMIN,
              Capability.CAP_IPC_LOCK,
              Capability.CAP_SYS_ADMIN),
          TAP,
          List.of(Capability.CAP_NET_ADMIN),
          "net_pcap",
          List.of(Capability.CAP_NET_RAW));

  private final Dpdk dpdk;

  PortRequirements(Dpdk dpdk) {
    this.dpdk = dpdk;
  }

  /**
   * Asks in the network namespace of the calling thread.
   *
   * @throws HostRefusedException with a line that names what is missing and how it is had
   */
  void check(EthernetPort port) {
    port.driver()
        .map(VirtualDevice::driver)
        .ifPresent(driver -> {
          checkInterface(port, driver);
          checkRights(port, driver);
        });
  }

  private void checkInterface(EthernetPort port, String driver) {
    int flags = dpdk.interfaceFlags(port.device());
    String allowed =
        switch (driver) {
          case RING -> "";
          case TAP -> flags < 0 ? "" : "one that is not there: the driver makes it";
          default -> usable(port, flags);
        };
    if (!allowed.isEmpty()) {
      throw refused(port, "interface", port.device(), allowed);
    }
  }

  private static String usable(EthernetPort port, int flags) {
    if (flags < 0) {
      return "one that is there, as 'ip link' lists them";
    }
    return (flags & Dpdk.IFF_UP) == 0
        ? "one that is up: ip link set dev " + port.device() + " up"
        : "";
  }

  private static void checkRights(EthernetPort port, String driver) {
    long effective = Capabilities.effective();
    String missing =
        NEEDED.getOrDefault(driver, List.of()).stream()
            .filter(capability -> ((effective >>> capability.bit) & 1) == 0)
            .map(Enum::name)
            .collect(Collectors.joining(" "));
    if (!missing.isEmpty()) {
      String mend =
          "a process that has " + missing + " too: root, or AmbientCapabilities of its unit";
      throw refused(port, "driver", driver, mend);
    }
  }

  private static HostRefusedException refused(
      EthernetPort port, String key, Object value, String allowed) {
    return new HostRefusedException(
        Kind.PORT, "port=" + port.name() + " " + key + "=" + value + ": allowed " + allowed);
  }
}
