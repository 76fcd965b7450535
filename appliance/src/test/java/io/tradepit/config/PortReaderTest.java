package io.tradepit.config;

import static io.tradepit.config.SegmentConfigReaderTest.GOOD;
import static io.tradepit.config.SegmentConfigReaderTest.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.SegmentConfig.TransportKind;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The section {@code ports} of a segment's file, and who uses the ports. */
@Timeout(30)
class PortReaderTest {
  private static final Path CARDS = Path.of("..", "nic-config").toAbsolutePath().normalize();
  private static final String VIRTUAL = CARDS.resolve("virtual.yaml").toString();
  private static final String CARD = CARDS.resolve("intel-e810.yaml").toString();

  private static final String PORTS =
      """
      ports:
        - name: members
          interface: eth2
          profile: %s
          driver: net_af_packet
          address: 10.77.0.1/24
          gateway: 10.77.0.254
          vlan: 30
        - {name: md-a, interface: eth3, profile: %s, driver: net_af_xdp, address: 10.77.1.1/24}
        - {name: md-b, pci: "0000:17:00.1", profile: %s, address: 10.77.2.1/30, stampClock: tai}
      """
          .formatted(VIRTUAL, VIRTUAL, CARD);

  // The ports stand in the lines from 43 on, in a file of PORTS behind the good one.
  private static final String BYPASS =
      GOOD.replace(
                  "    transport: io_uring\n    address: 10.1.0.1\n",
                  "    transport: bypass\n    ethernetPort: members\n")
              .replace("  interface: 10.1.0.1\n", "  lineAPort: md-a\n  lineBPort: md-b\n")
          + PORTS;

  record Broken(String from, String to, List<String> lines) {
    @Override
    public String toString() {
      return lines.getFirst();
    }
  }

  private static Broken broken(String from, String to, String... lines) {
    return new Broken(from, to, List.of(lines));
  }

  static List<Broken> brokenPorts() {
    return List.of(
        broken(
            "name: members\n",
            "name: Members!\n",
            "f.yaml:25: gateways[0].ethernetPort=members: allowed one of ports: Members!, md-a, md-b",
            "f.yaml:44: ports[0].name=Members!: allowed 1 to 16 of a-z, 0-9 and -"),
        broken(
            "name: md-b",
            "name: md-a",
            "f.yaml:31: feed.lineBPort=md-b: allowed one of ports: md-a, members",
            "f.yaml:52: ports[2].name=md-a: allowed a name that is used once"),
        broken(
            "interface: eth2",
            "interface: -eth2",
            "f.yaml:45: ports[0].interface=-eth2: allowed the name of an interface, such as eth2"),
        broken(
            "    interface: eth2\n",
            "",
            "f.yaml:44: ports[0].interface=(missing): allowed the name of an interface, such as eth2"),
        broken(
            "interface: eth3",
            "interface: eth2",
            "f.yaml:51: ports[1].interface=eth2: allowed a device that no other port is"),
        broken(
            "pci: \"0000:17:00.1\"",
            "pci: \"17:00.1\"",
            "f.yaml:52: ports[2].pci=17:00.1: allowed DOMAIN:BUS:DEVICE.FUNCTION such as \"0000:17:00.1\""),
        broken(
            "interface: eth3",
            "interface: eth3, pci: \"0000:17:00.0\"",
            "f.yaml:51: ports[1].interface=eth3: allowed not beside pci, one of them says which device it is",
            "f.yaml:51: ports[1].pci=0000:17:00.0: allowed interface in its place: the profile is of a virtual device"),
        broken(
            "    driver: net_af_packet\n",
            "",
            "f.yaml:44: ports[0].driver=(missing): allowed one of the profile: net_af_packet, net_af_xdp, net_tap, net_pcap, net_ring"),
        broken(
            "driver: net_af_packet",
            "driver: net_virtio",
            "f.yaml:47: ports[0].driver=net_virtio: allowed one of the profile: net_af_packet, net_af_xdp, net_tap, net_pcap, net_ring"),
        broken(
            "address: 10.77.2.1/30",
            "driver: net_tap, address: 10.77.2.1/30",
            "f.yaml:52: ports[2].driver=net_tap: allowed none: the profile is of a card, whose driver DPDK finds"),
        broken(
            "address: 10.77.0.1/24",
            "address: 10.77.0.1",
            "f.yaml:48: ports[0].address=10.77.0.1: allowed ADDRESS/PREFIX of a host, IPv4, prefix 8 to 30, such as 10.77.0.1/24"),
        broken(
            "address: 10.77.0.1/24",
            "address: 10.77.0.0/24",
            "f.yaml:48: ports[0].address=10.77.0.0/24: allowed ADDRESS/PREFIX of a host, IPv4, prefix 8 to 30, such as 10.77.0.1/24"),
        broken(
            "address: 10.77.0.1/24",
            "address: 10.77.0.255/24",
            "f.yaml:48: ports[0].address=10.77.0.255/24: allowed ADDRESS/PREFIX of a host, IPv4, prefix 8 to 30, such as 10.77.0.1/24"),
        broken(
            "address: 10.77.0.1/24",
            "address: 239.1.1.1/24",
            "f.yaml:48: ports[0].address=239.1.1.1/24: allowed ADDRESS/PREFIX of a host, IPv4, prefix 8 to 30, such as 10.77.0.1/24"),
        broken(
            "address: 10.77.0.1/24",
            "address: \"fd00::1/64\"",
            "f.yaml:48: ports[0].address=fd00::1/64: allowed ADDRESS/PREFIX of a host, IPv4, prefix 8 to 30, such as 10.77.0.1/24"),
        broken(
            "address: 10.77.1.1/24",
            "address: 10.77.0.1/24",
            "f.yaml:51: ports[1].address=10.77.0.1/24: allowed an address that no other port has"),
        broken(
            "gateway: 10.77.0.254",
            "gateway: 10.78.0.254",
            "f.yaml:49: ports[0].gateway=10.78.0.254: allowed another host of the network of address"),
        broken(
            "gateway: 10.77.0.254",
            "gateway: 10.77.0.1",
            "f.yaml:49: ports[0].gateway=10.77.0.1: allowed another host of the network of address"),
        broken(
            "vlan: 30",
            "vlan: 4095",
            "f.yaml:50: ports[0].vlan=4095: allowed a whole number from 0 to 4094"),
        broken(
            "vlan: 30",
            "mtu: 9000",
            "f.yaml:50: ports[0].mtu=9000: unknown key, allowed are address, driver, gateway, interface, name, pci, profile, stampClock, vlan"),
        broken(
            "vlan: 30",
            "stampClock: utc",
            "f.yaml:50: ports[0].stampClock=utc: allowed none: a virtual device has no clock"),
        broken(
            "stampClock: tai",
            "stampClock: gps",
            "f.yaml:52: ports[2].stampClock=gps: allowed one of utc, tai"),
        broken(
            "transport: bypass",
            "transport: epoll",
            "f.yaml:23: gateways[0].address=(missing): allowed an IPv4 or IPv6 address in figures",
            "f.yaml:25: gateways[0].ethernetPort=members: allowed only with transport: bypass",
            "f.yaml:44: ports[0].name=members: allowed the name of a port that a gateway or the feed uses"),
        broken(
            "    ethernetPort: members\n",
            "",
            "f.yaml:23: gateways[0].ethernetPort=(missing): allowed one of ports: md-a, md-b, members",
            "f.yaml:43: ports[0].name=members: allowed the name of a port that a gateway or the feed uses"),
        broken(
            "ethernetPort: members",
            "ethernetPort: member",
            "f.yaml:25: gateways[0].ethernetPort=member: allowed one of ports: md-a, md-b, members",
            "f.yaml:44: ports[0].name=members: allowed the name of a port that a gateway or the feed uses"),
        broken(
            "    ethernetPort: members\n",
            "    ethernetPort: members\n    address: 10.77.0.1\n",
            "f.yaml:26: gateways[0].address=10.77.0.1: allowed not with transport: bypass, it is that of the ethernetPort"),
        broken(
            "lineAPort: md-a",
            "lineAPort: members",
            "f.yaml:30: feed.lineAPort=members: allowed a port that no one else has, it is that of gateways of id 1",
            "f.yaml:51: ports[1].name=md-a: allowed the name of a port that a gateway or the feed uses"),
        broken(
            "  lineBPort: md-b\n",
            "",
            "f.yaml:27: feed.lineBPort=(missing): allowed one of ports: md-a, md-b, members",
            "f.yaml:51: ports[2].name=md-b: allowed the name of a port that a gateway or the feed uses"),
        broken(
            "  lineAPort: md-a\n",
            "  lineAPort: md-a\n  interface: 10.1.0.1\n",
            "f.yaml:31: feed.interface=10.1.0.1: allowed not beside lineAPort and lineBPort, which are in its place"),
        broken(
            "lineA: 239.1.1.1:30001",
            "lineA: \"ff15::1:30001\"",
            "f.yaml:28: feed.lineA=ff15::1:30001: allowed GROUP:PORT with an IPv4 multicast group, such as 239.1.1.1:30001"),
        broken("ttl: 2", "ttl: 0", "f.yaml:32: feed.ttl=0: allowed a whole number from 1 to 255"),
        broken(
            "ttl: 2",
            "ttl: 2\n  glimpse: {transport: bypass, address: 10.1.0.1, port: 9012}",
            "f.yaml:33: feed.glimpse.transport=bypass: allowed io_uring or epoll; bypass is for gateways"));
  }

  @ParameterizedTest
  @MethodSource("brokenPorts")
  void shouldNameKeyValueAndLineWhenAPortIsBroken(Broken broken) {
    assertTrue(BYPASS.contains(broken.from), broken.from);
    String text = BYPASS.replace(broken.from, broken.to);

    ConfigException e = assertThrows(ConfigException.class, () -> read(text));

    assertEquals(broken.lines, e.problems());
  }

  @Test
  void shouldTakeOnePortForBothLines() {
    SegmentConfig config =
        read(
            BYPASS
                .replace("lineBPort: md-b", "lineBPort: md-a")
                .replaceFirst("(?m)^  - \\{name: md-b.*\n", ""));

    SegmentConfig.LinePorts lines = config.feed().linePorts().orElseThrow();
    assertEquals(lines.lineA(), lines.lineB());
    Tier.ran("broken ports", "cases=" + (brokenPorts().size() + 3));
  }

  @Test
  void shouldRefuseASecondTcpStackOfOurOwn() {
    String two =
        BYPASS
                .replace(
                    "    port: 9001\n",
                    "    port: 9001\n  - {id: 2, transport: bypass, ethernetPort: second, port: 9001}\n")
                .replace("roles: [gateway-1, ", "roles: [gateway-1, gateway-2, ")
            + "  - {name: second, interface: eth9, profile: %s, driver: net_tap, address: 10.77.9.1/24}\n"
                .formatted(VIRTUAL);

    assertEquals(
        List.of(
            "f.yaml:27: gateways[1].transport=bypass: allowed bypass for one gateway of a segment:"
                + " a process has one TCP stack of its own"),
        assertThrows(ConfigException.class, () -> read(two)).problems());
  }

  @Test
  void shouldTakeTheProfileThatTheHostNamesForTheSameInterface() {
    String host = "host: {nics: [{interface: eth2, profile: %s}]}\n";
    read(BYPASS + host.formatted(VIRTUAL));

    assertEquals(
        List.of(
            "f.yaml:46: ports[0].profile=%s: allowed the one that host.nics names for it, %s"
                .formatted(VIRTUAL, CARD)),
        assertThrows(ConfigException.class, () -> read(BYPASS + host.formatted(CARD))).problems());
  }

  @Test
  void shouldRefuseAPortWhereTheFileHasNone() {
    String none = GOOD.replace("interface: 10.1.0.1", "lineAPort: md-a\n  lineBPort: md-b");

    assertEquals(
        List.of(
            "f.yaml:30: feed.lineAPort=md-a: allowed the name of one of ports, and the file has none",
            "f.yaml:31: feed.lineBPort=md-b: allowed the name of one of ports, and the file has none"),
        assertThrows(ConfigException.class, () -> read(none)).problems());
  }

  @Test
  void shouldReadPortsAndWhoUsesThem() throws Exception {
    SegmentConfig config = read(BYPASS);

    EthernetPort members = config.ports().get(0);
    assertEquals("members", members.name());
    assertEquals(Optional.of("eth2"), members.networkInterface());
    assertEquals(Optional.empty(), members.pciAddress());
    assertEquals(VIRTUAL, members.profile().file().toString());
    assertEquals("iface={interface},qdisc_bypass=1", members.driver().orElseThrow().arguments());
    assertEquals("net_af_packet", members.driverName());
    assertEquals(Inet4Address.ofLiteral("10.77.0.1"), members.address());
    assertEquals(24, members.prefixBits());
    assertEquals(Optional.of(Inet4Address.ofLiteral("10.77.0.254")), members.gateway());
    assertEquals(30, members.vlan());
    assertEquals(EthernetPort.StampClock.UTC, members.stampClock());
    EthernetPort lineB = config.ports().get(2);
    assertEquals(Optional.of("0000:17:00.1"), lineB.pciAddress());
    assertEquals("0000:17:00.1", lineB.device());
    assertEquals("vfio-pci", lineB.driverName());
    assertEquals(EthernetPort.NO_VLAN, lineB.vlan());
    assertEquals(EthernetPort.StampClock.TAI, lineB.stampClock());
    SegmentConfig.Gateway gateway = config.gateways().get(0);
    assertEquals(TransportKind.BYPASS, gateway.transport());
    assertEquals(Optional.of(members), gateway.ethernetPort());
    assertEquals(new InetSocketAddress("10.77.0.1", 9001), gateway.address());
    SegmentConfig.LinePorts lines = config.feed().linePorts().orElseThrow();
    assertEquals("md-a", lines.lineA().name());
    assertEquals("md-b", lines.lineB().name());
    assertEquals(Optional.empty(), config.feed().networkInterface());
    assertEquals(List.of(), read(GOOD).ports());
    assertEquals(Optional.empty(), read(GOOD).feed().linePorts());
  }
}
