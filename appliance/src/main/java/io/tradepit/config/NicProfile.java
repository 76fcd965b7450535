package io.tradepit.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a kind of network card is set, and why: a file of {@code nic-config}.
 *
 * @param file where it was read from
 * @param name of the card
 * @param pciIds {@code VENDOR:DEVICE} in hexadecimal; empty for a virtual device, which is known by
 *     its driver
 * @param driver of the kernel, as {@code ethtool -i} names it; more than one for a family
 * @param binding who drives the port when the kernel is bypassed
 * @param ptp what stamps packets
 * @param settings each with its reason and how it is read back
 * @param dpdk arguments of the bypass, in their order
 * @param virtualDevices of DPDK that can drive the interface, each driver once; empty for a card
 * @param bringUp steps of a person, in their order, until the bypass has the port; empty for a
 *     virtual device
 */
public record NicProfile(
    Path file,
    String name,
    List<String> pciIds,
    List<String> driver,
    Binding binding,
    Ptp ptp,
    List<Setting> settings,
    List<Argument> dpdk,
    List<VirtualDevice> virtualDevices,
    List<Step> bringUp) {
  /**
   * Names of interfaces that the kernel takes (netdevice(7)): 15 bytes, no slash, colon or blank,
   * neither {@code .} nor {@code ..}. None that begins with a hyphen, which a command would take
   * for an option.
   */
  public static final Pattern INTERFACE = Pattern.compile("(?!\\.{1,2}$)[^-\\s/:][^\\s/:]{0,14}");

  /** What {@link #INTERFACE} allows, in words. */
  public static final String INTERFACE_ALLOWED = "the name of an interface, such as eth2";

  public NicProfile {
    pciIds = List.copyOf(pciIds);
    driver = List.copyOf(driver);
    settings = List.copyOf(settings);
    dpdk = List.copyOf(dpdk);
    virtualDevices = List.copyOf(virtualDevices);
    bringUp = List.copyOf(bringUp);
  }

  /** Where stamps of packets come from. */
  public enum Ptp {
    /** A clock of the card, {@code /dev/ptpN}. */
    HARDWARE,
    /** The kernel, when it sees the packet. */
    SOFTWARE,
    /** No time service runs on it. */
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param bypass driver under DPDK: {@code vfio-pci} takes the port from the kernel, the card's
   *     own one leaves it there (bifurcated), {@code none}: no DPDK
   */
  public record Binding(String bypass, String why) {}

  /**
   * @param id unique in the file, such as {@code coalescing.rx-usecs}
   * @param expected value, as reading back shows it: one, several parted by {@code |}, {@code >=
   *     N}, or {@code *} for any
   * @param apply command that sets it; {@code {interface}}, {@code {bdf}} stand for the card's
   * @param readBack command that shows it, one that only reads
   * @param field name of the line in what it shows; empty = all of it
   */
  public record Setting(
      String id, String expected, String apply, String readBack, String field, String why) {
    private static final String AT_LEAST = ">= ";

    /** Whether a value read back is as expected. */
    public boolean isMetBy(String value) {
      if (expected.equals("*")) {
        return !value.isEmpty();
      }
      if (expected.startsWith(AT_LEAST)) {
        return value.matches("\\d{1,18}")
            && Long.parseLong(value) >= Long.parseLong(expected.substring(AT_LEAST.length()));
      }
      return List.of(expected.split("\\|", -1)).contains(value);
    }
  }

  /** An argument of DPDK's environment layer, and the reason for it. */
  public record Argument(String argument, String why) {}

  /**
   * A driver of DPDK that needs no card.
   *
   * @param driver such as {@code net_af_packet}
   * @param arguments of the driver, in which {@code {interface}} stands for the interface's name;
   *     may be empty
   */
  public record VirtualDevice(String driver, String arguments, String why) {}

  /**
   * A step of the checklist.
   *
   * @param command that a person runs as root; {@code {interface}} and {@code {bdf}} are filled in
   * @param source the package of the distribution that has the command, or {@code vendor}
   * @param shows a piece of what it prints when all is well; empty: it ends with 0
   */
  public record Step(String command, String source, String shows, String why) {}
}
