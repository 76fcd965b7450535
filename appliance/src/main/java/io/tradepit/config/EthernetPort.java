package io.tradepit.config;

import io.tradepit.config.NicProfile.VirtualDevice;
import java.net.Inet4Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Ethernet port that is driven past the kernel, by one thread: that of the gateway or of the
 * publisher which uses it.
 *
 * @param name 1 to 16 of a-z, 0-9 and -
 * @param networkInterface its name in the kernel; empty when {@code pciAddress} says which it is
 * @param pciAddress such as {@code 0000:17:00.1}; empty when it has a name in the kernel
 * @param profile of the card; its arguments start DPDK
 * @param driver of a virtual device, one of its profile; empty for a card, whose driver DPDK finds
 * @param address its own, one that the kernel must not have
 * @param prefixBits of its network, 8 to 30
 * @param gateway of other networks, in its own network
 * @param vlan 1 to 4094, or 0 for untagged frames
 * @param stampClock the time of the card's own clock
 */
public record EthernetPort(
    String name,
    Optional<String> networkInterface,
    Optional<String> pciAddress,
    NicProfile profile,
    Optional<VirtualDevice> driver,
    Inet4Address address,
    int prefixBits,
    Optional<Inet4Address> gateway,
    int vlan,
    StampClock stampClock) {
  /** The time of a card's clock; ptp4l keeps it at TAI where its master says so. */
  public enum StampClock {
    UTC,
    TAI;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Names of ports. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,16}");

  /** What {@link #NAME} allows, in words. */
  public static final String NAME_ALLOWED = "1 to 16 of a-z, 0-9 and -";

  /** Untagged frames. */
  public static final int NO_VLAN = 0;

  /** What it is: the interface, or the card's place on the bus. */
  public String device() {
    return networkInterface.or(() -> pciAddress).orElseThrow();
  }

  /** What drives it: the virtual device's driver, else that of the profile's binding. */
  public String driverName() {
    return driver.map(VirtualDevice::driver).orElse(profile.binding().bypass());
  }
}
