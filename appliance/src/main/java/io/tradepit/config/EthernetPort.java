package io.tradepit.config;

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
 * @param driver of a virtual device; empty for a card, whose driver DPDK finds
 * @param address its own, one that the kernel must not have
 * @param prefixBits of its network, 8 to 30
 * @param gateway of other networks, in its own network
 * @param vlan 1 to 4094, or 0 for untagged frames
 */
public record EthernetPort(
    String name,
    Optional<String> networkInterface,
    Optional<String> pciAddress,
    NicProfile profile,
    Optional<Driver> driver,
    Inet4Address address,
    int prefixBits,
    Optional<Inet4Address> gateway,
    int vlan) {
  /** Names of ports. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,16}");

  /** What {@link #NAME} allows, in words. */
  public static final String NAME_ALLOWED = "1 to 16 of a-z, 0-9 and -";

  /** Untagged frames. */
  public static final int NO_VLAN = 0;

  /** A driver of DPDK for a device that is no card. */
  public enum Driver {
    /** A packet socket on an interface of the kernel, which sees the packets too. */
    NET_AF_PACKET,
    /** An AF_XDP socket on an interface of the kernel. */
    NET_AF_XDP,
    /** A tap that the driver makes. */
    NET_TAP,
    /** Memory: what is sent is received. */
    NET_RING,
    /** The pcap library on an interface of the kernel. */
    NET_PCAP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What it is: the interface, or the card's place on the bus. */
  public String device() {
    return networkInterface.or(() -> pciAddress).orElseThrow();
  }

  /** What drives it: the virtual device's driver, else that of the profile's binding. */
  public String driverName() {
    return driver.map(Driver::toString).orElse(profile.binding().bypass());
  }
}
