package io.tradepit.tools.nic;

import io.tradepit.config.NicProfile;
import io.tradepit.host.preflight.HostView;
import io.tradepit.host.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the devices of a machine: its interfaces, and cards that have none. */
final class DeviceReader {
  private static final String NET = "/sys/class/net/";
  private static final String PCI = "/sys/bus/pci/devices/";
  private static final String LOOPBACK = "lo";

  private final HostView host;
  private final List<NicProfile> profiles;

  /**
   * @param profiles that a device may fit
   */
  DeviceReader(HostView host, List<NicProfile> profiles) {
    this.host = host;
    this.profiles = profiles;
  }

  List<Device> devices() {
    Topology machine = Topology.read(host);
    List<Device> devices = new ArrayList<>();
    for (String name : host.names(NET)) {
      if (!name.equals(LOOPBACK) && host.text(NET + name + "/ifindex").isPresent()) {
        devices.add(device(name, machine.nic(name)));
      }
    }
    machine.nics().stream()
        .filter(card -> card.name().equals(card.address()))
        .forEach(card -> devices.add(device(card.name(), Optional.of(card))));
    return devices;
  }

  private Device device(String name, Optional<Topology.Nic> card) {
    Optional<String> pciId = card.flatMap(found -> pciId(found.address()));
    String driver = card.map(Topology.Nic::driver).orElseGet(() -> driver(name));
    return new Device(
        name,
        card.map(Topology.Nic::address),
        pciId,
        driver,
        card.flatMap(found -> found.node().stream().boxed().findFirst()),
        link(name),
        stamps(name),
        steering(name),
        profile(pciId, driver));
  }

  private Optional<String> pciId(String address) {
    Optional<String> vendor = host.text(PCI + address + "/vendor");
    Optional<String> device = host.text(PCI + address + "/device");
    return vendor.isEmpty() || device.isEmpty()
        ? Optional.empty()
        : Optional.of((vendor.get() + ":" + device.get()).replace("0x", ""));
  }

  private String driver(String name) {
    return line(host.output("ethtool", "-i", name), "driver:").orElse("none");
  }

  private String link(String name) {
    String state = host.text(NET + name + "/operstate").orElse("not the kernel's");
    Optional<String> speed =
        host.text(NET + name + "/speed").filter(text -> text.matches("[1-9]\\d*"));
    return state + speed.map(text -> " " + text + " Mb/s").orElse("");
  }

  private String stamps(String name) {
    String shown = host.output("ethtool", "-T", name).orElse("");
    if (shown.contains("hardware-receive")) {
      return "hardware";
    }
    return shown.contains("software-receive") ? "software" : "none";
  }

  private boolean steering(String name) {
    return line(host.output("ethtool", "-k", name), "ntuple-filters:")
        .filter(text -> !text.equals("off [fixed]"))
        .isPresent();
  }

  private static Optional<String> line(Optional<String> shown, String start) {
    return shown.stream()
        .flatMap(String::lines)
        .map(String::strip)
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }

  /** A card is known by its number, anything else by its driver, or for any by packet sockets. */
  private Optional<NicProfile> profile(Optional<String> pciId, String driver) {
    return profiles.stream()
        .filter(profile -> pciId.filter(profile.pciIds()::contains).isPresent())
        .findFirst()
        .or(() ->
            profiles.stream()
                .filter(profile -> profile.pciIds().isEmpty())
                .filter(profile -> pciId.isEmpty() || profile.driver().contains(driver))
                .findFirst());
  }
}
