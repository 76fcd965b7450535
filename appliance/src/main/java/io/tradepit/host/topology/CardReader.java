package io.tradepit.host.topology;

import io.tradepit.host.preflight.HostView;
import io.tradepit.host.topology.Topology.Nic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the network cards on PCI buses: those with an interface of the kernel, and those that a
 * driver for programs (vfio-pci) has taken, of which only the bus still tells.
 */
final class CardReader {
  private static final String NET = "/sys/class/net";
  private static final String PCI = "/sys/bus/pci/devices";
  private static final String NETWORK_CLASS = "0x02";
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");

  private final HostView host;

  CardReader(HostView host) {
    this.host = host;
  }

  List<Nic> nics() {
    List<Nic> nics = new ArrayList<>();
    for (String name : host.names(NET)) {
      address(name).ifPresent(address -> nics.add(nic(name, address)));
    }
    for (String address : host.names(PCI)) {
      boolean isNetwork =
          host.text(PCI + "/" + address + "/class")
              .filter(text -> text.startsWith(NETWORK_CLASS))
              .isPresent();
      if (isNetwork && nics.stream().noneMatch(nic -> nic.address().equals(address))) {
        nics.add(nic(address, address));
      }
    }
    nics.sort(Comparator.comparing(Nic::name));
    return nics;
  }

  // The path of the device behind the interface; of bridges on the way the last is the card.
  private Optional<String> address(String name) {
    String path =
        host.link(NET + "/" + name).orElse("")
            + "/"
            + host.link(NET + "/" + name + "/device").orElse("");
    Matcher addresses = ADDRESS.matcher(path);
    String last = null;
    while (addresses.find()) {
      last = addresses.group();
    }
    return Optional.ofNullable(last);
  }

  private Nic nic(String name, String address) {
    String device = PCI + "/" + address;
    String driver =
        host.link(NET + "/" + name + "/device/driver")
            .or(() -> host.link(device + "/driver"))
            .map(link -> link.substring(link.lastIndexOf('/') + 1))
            .orElse("none");
    return new Nic(name, address, driver, node(name, device));
  }

  // -1 where the firmware does not say.
  private OptionalInt node(String name, String device) {
    return host.text(device + "/numa_node")
        .or(() -> host.text(NET + "/" + name + "/device/numa_node"))
        .filter(text -> text.matches("\\d{1,4}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }
}
