package io.tradepit.host.ethernet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ConfigException;
import io.tradepit.config.EthernetPort;
import io.tradepit.config.EthernetPort.StampClock;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicReader;
import io.tradepit.dpdk.PortOptions;
import io.tradepit.host.FakeLibc;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class DpdkPlanTest {
  private static final Path PROFILES = Path.of("").toAbsolutePath().resolveSibling("nic-config");

  private static final long TAI_OFFSET_NS = 37_000_000_000L;

  @TempDir private Path interfaces;
  private DpdkTerms terms;

  @BeforeEach
  void stateTerms() {
    terms = new DpdkTerms("alpha", "2", "0,512", interfaces, TAI_OFFSET_NS);
  }

  @Test
  void shouldGiveAVirtualDeviceTheArgumentsOfItsDriver() throws IOException {
    EthernetPort members = virtual("members", "b0", "net_af_xdp");
    EthernetPort ring = virtual("md-a", "none", "net_ring");
    DpdkPlan plan = DpdkPlan.of(List.of(members, ring), terms);
    assertEquals(
        List.of(
            "--no-pci",
            "--lcores=0@(2)",
            "--no-huge",
            "-m",
            "0,512",
            "--no-shconf",
            "--file-prefix=alpha"),
        plan.environment());
    assertEquals(
        Map.of(
            "members",
            PortOptions.of("net_af_xdp_members", "iface=b0,start_queue=0,queue_count=1"),
            "md-a",
            PortOptions.of("net_ring_md-a", "")),
        plan.ports());
  }

  @Test
  void shouldAllowTheCardsOfThePortsAndNoOther() throws IOException {
    DpdkPlan plan = DpdkPlan.of(List.of(card("intel-e810", "", "0000:17:00.1")), terms);
    List<String> environment = plan.environment();
    assertTrue(environment.contains("--socket-mem=0,512"), environment.toString());
    assertEquals(
        List.of("-a", "0000:17:00.1,rx_low_latency=1"),
        environment.subList(environment.size() - 2, environment.size()));
    assertEquals("0000:17:00.1", plan.ports().get("card").device());
  }

  @Test
  void shouldFindTheCardBehindAnInterface() throws IOException {
    Path device = interfaces.resolve("devices/0000:17:00.0");
    Files.createDirectories(device);
    Files.createDirectory(interfaces.resolve("eth2"));
    Files.createSymbolicLink(interfaces.resolve("eth2/device"), device);
    DpdkPlan plan = DpdkPlan.of(List.of(card("nvidia-connectx", "eth2", "")), terms);
    assertEquals("0000:17:00.0", plan.ports().get("card").device());
  }

  @Test
  void shouldRefuseAnInterfaceWithoutACard() throws IOException {
    List<EthernetPort> ports = List.of(card("nvidia-connectx", "eth3", ""));
    assertEquals(
        "ports=card interface=eth3: allowed one with a card of the bus behind it; of a card that"
            + " vfio-pci has say pci",
        refusal(ports));
  }

  @Test
  void shouldRefuseTwoEnvironments() throws IOException {
    List<EthernetPort> ports =
        List.of(card("intel-e810", "", "0000:17:00.1"), virtual("tap", "t0", "net_tap"));
    assertTrue(
        refusal(ports).endsWith(": allowed one with the arguments of DPDK of the port card"),
        refusal(ports));
  }

  @Test
  void shouldTakeTheOffsetOfACardThatKeepsTai() throws IOException {
    EthernetPort utc = card("intel-e810", "", "0000:17:00.1");
    List<EthernetPort> tai = List.of(withClock(utc, StampClock.TAI));
    assertEquals(0, DpdkPlan.of(List.of(utc), terms).ports().get("card").stampOffsetNs());
    PortOptions options = DpdkPlan.of(tai, terms).ports().get("card");
    assertEquals(-TAI_OFFSET_NS, options.stampOffsetNs());
    assertEquals(0, options.stampTickNs(), "a device that does not say that it stamps");
    terms = new DpdkTerms("alpha", "2", "0,512", interfaces, 0);
    assertEquals(
        "ports=card stampClock=tai: allowed where the kernel knows TAI, and nobody told it; phc2sys"
            + " or chronyd does",
        refusal(tai));
  }

  @Test
  void shouldAskTheKernelHowFarTaiIsAhead() {
    FakeLibc libc = new FakeLibc();
    libc.answer("clock_gettime", libc.clockRealtimeNs() + TAI_OFFSET_NS);
    assertEquals(TAI_OFFSET_NS, DpdkTerms.taiOffsetNs(libc));
  }

  private static EthernetPort withClock(EthernetPort port, StampClock clock) {
    return new EthernetPort(
        port.name(),
        port.networkInterface(),
        port.pciAddress(),
        port.profile(),
        port.driver(),
        port.address(),
        port.prefixBits(),
        port.gateway(),
        port.vlan(),
        clock);
  }

  private String refusal(List<EthernetPort> ports) {
    return assertThrows(ConfigException.class, () -> DpdkPlan.of(ports, terms))
        .problems()
        .getFirst();
  }

  private static EthernetPort virtual(String name, String networkInterface, String driver)
      throws IOException {
    return port(name, networkInterface, "", "virtual", Optional.of(driver));
  }

  private static EthernetPort card(String profile, String networkInterface, String pci)
      throws IOException {
    return port("card", networkInterface, pci, profile, Optional.empty());
  }

  private static EthernetPort port(
      String name, String networkInterface, String pci, String profile, Optional<String> driver)
      throws IOException {
    NicProfile read = NicReader.read(PROFILES.resolve(profile + ".yaml"));
    return new EthernetPort(
        name,
        Optional.of(networkInterface).filter(text -> !text.isEmpty()),
        Optional.of(pci).filter(text -> !text.isEmpty()),
        read,
        driver.flatMap(named ->
            read.virtualDevices().stream()
                .filter(device -> device.driver().equals(named))
                .findFirst()),
        (Inet4Address) InetAddress.getByName("10.77.0.1"),
        24,
        Optional.empty(),
        EthernetPort.NO_VLAN,
        StampClock.UTC);
  }
}
