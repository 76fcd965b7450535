package io.tradepit.host.preflight;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The device behind a network interface, as /sys shows it. */
record Card(HostView host, String networkInterface) {
  private static final String PCI = "/sys/bus/pci/devices/";

  String directory() {
    return "/sys/class/net/" + networkInterface;
  }

  boolean isThere() {
    return !host.names(directory()).isEmpty();
  }

  /** Its address on the PCI bus, such as {@code 0000:41:00.0}; none for a virtual one. */
  Optional<String> address() {
    return last(host.link(directory() + "/device"))
        .filter(name -> name.matches("[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]"));
  }

  /** A file of the PCI device. */
  Optional<String> pci(String file) {
    return address().flatMap(address -> host.text(PCI + address + "/" + file)).map(String::strip);
  }

  /** The directory of the PCI device; of a virtual one the empty text. */
  String pciDirectory() {
    return address().map(address -> PCI + address).orElse("");
  }

  /** {@code VENDOR:DEVICE} in hexadecimal; none for a virtual one. */
  Optional<String> pciId() {
    Optional<String> vendor = pci("vendor");
    Optional<String> device = pci("device");
    return vendor.isPresent() && device.isPresent()
        ? Optional.of(hex(vendor.get()) + ":" + hex(device.get()))
        : Optional.empty();
  }

  private static String hex(String number) {
    return number.replaceFirst("^0x", "");
  }

  /** The driver of the kernel, by its link, else by {@code ethtool -i}. */
  Optional<String> driver() {
    return last(host.link(directory() + "/device/driver"))
        .or(() ->
            host.output("ethtool", "-i", networkInterface)
                .flatMap(text -> EthtoolText.parse(text).value("driver")));
  }

  /** The NUMA node that it is at; empty for a virtual one, or where the firmware does not say. */
  OptionalInt node() {
    OptionalLong node =
        host.text(directory() + "/device/numa_node")
            .map(FactSheet::number)
            .orElse(OptionalLong.empty());
    return node.isPresent() && node.getAsLong() >= 0
        ? OptionalInt.of((int) node.getAsLong())
        : OptionalInt.empty();
  }

  private static Optional<String> last(Optional<String> link) {
    return link.map(target -> target.substring(target.lastIndexOf('/') + 1));
  }
}
