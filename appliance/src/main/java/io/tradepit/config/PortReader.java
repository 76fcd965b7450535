package io.tradepit.config;

import io.tradepit.config.EthernetPort.StampClock;
import io.tradepit.config.NicProfile.VirtualDevice;
import io.tradepit.config.SegmentConfig.Host;
import io.tradepit.config.SegmentConfig.LinePorts;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the Ethernet ports that are driven past the kernel, and who uses each of them. */
final class PortReader {
  private static final int MOST_PORTS = 16;
  private static final int MOST_VLAN = 4_094;
  private static final int LEAST_PREFIX = 8;
  private static final int MOST_PREFIX = 30;
  private static final Pattern ANY = Pattern.compile(".+");
  private static final Pattern PCI =
      Pattern.compile("[0-9a-f]{4}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]");
  private static final String PCI_ALLOWED = "DOMAIN:BUS:DEVICE.FUNCTION such as \"0000:17:00.1\"";
  private static final String ADDRESS_ALLOWED =
      "ADDRESS/PREFIX of a host, IPv4, prefix 8 to 30, such as 10.77.0.1/24";

  private final NamedFiles files;
  private final Map<String, EthernetPort> ports = new HashMap<>();
  private final Map<String, Section> sections = new HashMap<>();
  private final Map<String, String> users = new HashMap<>();

  PortReader(NamedFiles files) {
    this.files = files;
  }

  /** The section {@code ports}, or nothing where the file has none. */
  List<EthernetPort> ports(Section root, Host host) {
    List<EthernetPort> read = new ArrayList<>();
    for (Section section : root.sections("ports", 0, MOST_PORTS)) {
      port(section, host)
          .ifPresent(port -> {
            requireOnce(
                section, "name", port, read, EthernetPort::name, "a name that is used once");
            requireOnce(
                section,
                port.pciAddress().isPresent() ? "pci" : "interface",
                port,
                read,
                EthernetPort::device,
                "a device that no other port is");
            requireOnce(
                section,
                "address",
                port,
                read,
                EthernetPort::address,
                "an address that no other port has");
            read.add(port);
            ports.putIfAbsent(port.name(), port);
          });
      section.finish();
    }
    return List.copyOf(read);
  }

  private static void requireOnce(
      Section section,
      String key,
      EthernetPort port,
      List<EthernetPort> earlier,
      Function<EthernetPort, Object> value,
      String allowed) {
    if (earlier.stream().map(value).anyMatch(value.apply(port)::equals)) {
      section.notAllowed(key, allowed);
    }
  }

  private Optional<EthernetPort> port(Section section, Host host) {
    String name = section.text("name", null, EthernetPort.NAME, EthernetPort.NAME_ALLOWED);
    sections.putIfAbsent(name, section);
    Optional<String> pci = pci(section);
    Optional<String> networkInterface = networkInterface(section, pci.isPresent());
    boolean hasDriver = section.has("driver");
    Optional<NicProfile> profile = files.profile(section);
    Optional<VirtualDevice> driver =
        profile.flatMap(card -> driver(section, card, hasDriver, pci.isPresent()));
    profile.ifPresent(card -> requireSameProfile(section, card, networkInterface, host));
    Optional<Cidr> address = address(section);
    Optional<Inet4Address> gateway =
        section.has("gateway") ? address.flatMap(own -> gateway(section, own)) : Optional.empty();
    int vlan = section.integer("vlan", EthernetPort.NO_VLAN, EthernetPort.NO_VLAN, MOST_VLAN);
    if (driver.isPresent() && section.has("stampClock")) {
      section.notAllowed("stampClock", "none: a virtual device has no clock");
    }
    StampClock stampClock = section.choice("stampClock", StampClock.UTC, StampClock.class);
    if (profile.isEmpty() || address.isEmpty() || (pci.isEmpty() && networkInterface.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new EthernetPort(
            name,
            networkInterface,
            pci,
            profile.get(),
            driver,
            (Inet4Address) address.get().address(),
            address.get().prefixBits(),
            gateway,
            vlan,
            stampClock));
  }

  private static Optional<String> pci(Section section) {
    if (!section.has("pci")) {
      return Optional.empty();
    }
    return Optional.of(section.text("pci", null, PCI, PCI_ALLOWED));
  }

  private static Optional<String> networkInterface(Section section, boolean hasPci) {
    if (hasPci) {
      if (section.has("interface")) {
        section.notAllowed("interface", "not beside pci, one of them says which device it is");
      }
      return Optional.empty();
    }
    return Optional.of(
        section.text("interface", null, NicProfile.INTERFACE, NicProfile.INTERFACE_ALLOWED));
  }

  // A card has a driver that DPDK finds; a virtual device is made by one that must be named.
  private static Optional<VirtualDevice> driver(
      Section section, NicProfile profile, boolean isNamed, boolean hasPci) {
    List<VirtualDevice> devices = profile.virtualDevices();
    if (devices.isEmpty()) {
      if (isNamed) {
        section.notAllowed("driver", "none: the profile is of a card, whose driver DPDK finds");
      }
      return Optional.empty();
    }
    if (hasPci) {
      section.notAllowed("pci", "interface in its place: the profile is of a virtual device");
    }
    String allowed =
        "one of the profile: "
            + devices.stream().map(VirtualDevice::driver).collect(Collectors.joining(", "));
    String name = section.text("driver", null, ANY, allowed);
    Optional<VirtualDevice> named =
        devices.stream().filter(device -> device.driver().equals(name)).findFirst();
    if (named.isEmpty() && isNamed) {
      section.notAllowed("driver", allowed);
    }
    return named;
  }

  private static void requireSameProfile(
      Section section, NicProfile profile, Optional<String> networkInterface, Host host) {
    host.nics().stream()
        .filter(nic -> networkInterface.filter(nic.networkInterface()::equals).isPresent())
        .filter(nic -> !nic.profile().file().equals(profile.file()))
        .findFirst()
        .ifPresent(nic ->
            section.notAllowed(
                "profile", "the one that host.nics names for it, " + nic.profile().file()));
  }

  private static Optional<Cidr> address(Section section) {
    String text = section.text("address", null, ANY, ADDRESS_ALLOWED);
    Optional<Cidr> address = Cidr.parse(text).filter(PortReader::isOfHost);
    if (address.isEmpty() && section.has("address")) {
      section.notAllowed("address", ADDRESS_ALLOWED);
    }
    return address;
  }

  private static boolean isOfHost(Cidr cidr) {
    return cidr.address() instanceof Inet4Address address
        && cidr.prefixBits() >= LEAST_PREFIX
        && cidr.prefixBits() <= MOST_PREFIX
        && isHost(address, cidr.prefixBits());
  }

  // Neither the network itself nor its broadcast address, and one that a packet may come from.
  private static boolean isHost(Inet4Address address, int prefixBits) {
    int hostMask = -1 >>> prefixBits;
    int host = number(address) & hostMask;
    int first = address.getAddress()[0] & 0xff;
    return host != 0
        && host != hostMask
        && first != 0
        && !address.isLoopbackAddress()
        && first < 224;
  }

  private static int number(Inet4Address address) {
    int number = 0;
    for (byte part : address.getAddress()) {
      number = (number << Byte.SIZE) | (part & 0xff);
    }
    return number;
  }

  private static Optional<Inet4Address> gateway(Section section, Cidr own) {
    String allowed = "another host of the network of address";
    Optional<Inet4Address> gateway =
        Cidr.literal(section.text("gateway", null, ANY, allowed))
            .filter(other -> !other.equals(own.address()) && own.contains(other))
            .map(Inet4Address.class::cast)
            .filter(other -> isHost(other, own.prefixBits()));
    if (gateway.isEmpty()) {
      section.notAllowed("gateway", allowed);
    }
    return gateway;
  }

  /** The port of a gateway. */
  Optional<EthernetPort> ofGateway(Section section, int id) {
    return used(section, "ethernetPort", "gateways of id " + id);
  }

  /** The ports of the feed's lines, where it names them; they may be one. */
  Optional<LinePorts> ofFeed(Section feed) {
    if (!feed.has("lineAPort") && !feed.has("lineBPort")) {
      return Optional.empty();
    }
    Optional<EthernetPort> lineA = used(feed, "lineAPort", "the feed");
    Optional<EthernetPort> lineB = used(feed, "lineBPort", "the feed");
    return lineA.isPresent() && lineB.isPresent()
        ? Optional.of(new LinePorts(lineA.get(), lineB.get()))
        : Optional.empty();
  }

  private Optional<EthernetPort> used(Section section, String key, String user) {
    String allowed =
        sections.isEmpty()
            ? "the name of one of ports, and the file has none"
            : "one of ports: " + names();
    String name = section.text(key, null, ANY, allowed);
    if (!sections.containsKey(name)) {
      if (section.has(key)) {
        section.notAllowed(key, allowed);
      }
      return Optional.empty();
    }
    String other = users.putIfAbsent(name, user);
    if (other != null && !other.equals(user)) {
      section.notAllowed(key, "a port that no one else has, it is that of " + other);
    }
    return Optional.ofNullable(ports.get(name));
  }

  private String names() {
    return sections.keySet().stream().sorted().collect(Collectors.joining(", "));
  }

  /** Names the ports that no one uses. */
  void finish() {
    sections.forEach((name, section) -> {
      if (!users.containsKey(name) && EthernetPort.NAME.matcher(name).matches()) {
        section.notAllowed("name", "the name of a port that a gateway or the feed uses");
      }
    });
  }
}
