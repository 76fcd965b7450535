package io.tradepit.tools.nic;

import io.tradepit.config.ConfigException;
import io.tradepit.config.EthernetPort;
import io.tradepit.config.EthernetPort.StampClock;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicProfile.VirtualDevice;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What is to be probed.
 *
 * @param device an interface, or the address of a card
 * @param driver of a virtual device; empty for a card
 * @param polls at least 1
 * @param isTaken whether packets of the kernel may be taken
 */
public record Probe(
    String device, Optional<String> driver, NicProfile profile, int polls, boolean isTaken) {
  private static final int PREFIX_BITS = 24;

  /** As a segment's file would name it; its address is never used. */
  EthernetPort port() {
    boolean isAddress = device.indexOf(':') >= 0;
    return new EthernetPort(
        "probe",
        Optional.of(device).filter(name -> !isAddress),
        Optional.of(device).filter(name -> isAddress),
        profile,
        driver.map(this::virtual),
        (Inet4Address) InetAddress.ofLiteral("192.0.2.1"),
        PREFIX_BITS,
        Optional.empty(),
        EthernetPort.NO_VLAN,
        StampClock.UTC);
  }

  private VirtualDevice virtual(String name) {
    return profile.virtualDevices().stream()
        .filter(candidate -> candidate.driver().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ConfigException(
                List.of("--driver=" + name + ": allowed " + names(profile.virtualDevices()))));
  }

  private static String names(List<VirtualDevice> devices) {
    return devices.isEmpty()
        ? "none, the profile is of a card"
        : String.join(", ", devices.stream().map(VirtualDevice::driver).toList());
  }
}
