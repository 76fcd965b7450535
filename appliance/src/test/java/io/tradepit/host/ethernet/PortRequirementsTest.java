package io.tradepit.host.ethernet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tradepit.config.EthernetPort;
import io.tradepit.config.EthernetPort.StampClock;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicReader;
import io.tradepit.dpdk.FfmDpdk;
import io.tradepit.host.HostRefusedException;
import io.tradepit.net.NetworkNamespace;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is missing is told in one line before DPDK is asked. */
@Timeout(20)
class PortRequirementsTest {
  private static final Path PROFILE =
      Path.of("").toAbsolutePath().resolveSibling("nic-config/virtual.yaml");

  private final PortRequirements requirements = new PortRequirements(new FfmDpdk());

  @Test
  void shouldNameAnInterfaceThatIsNotThere() throws IOException {
    EthernetPort port = port("tp-none", "net_af_packet");
    assertEquals(
        "port=members interface=tp-none: allowed one that is there, as 'ip link' lists them",
        refusal(port));
  }

  @Test
  void shouldSayHowAnInterfaceIsBroughtUp() throws IOException {
    try (NetworkNamespace box = NetworkNamespace.make("box")) {
      box.ip("link", "set", "lo", "down");
      EthernetPort port = port("lo", "net_af_xdp");
      assertEquals(
          "port=members interface=lo: allowed one that is up: ip link set dev lo up",
          box.call(() -> refusal(port)));
    }
  }

  @Test
  void shouldRefuseATapWhoseInterfaceIsThere() throws IOException {
    assertEquals(
        "port=members interface=lo: allowed one that is not there: the driver makes it",
        refusal(port("lo", "net_tap")));
  }

  @Test
  void shouldAskNothingOfARing() throws IOException {
    EthernetPort port = port("tp-none", "net_ring");
    assertDoesNotThrow(() -> requirements.check(port));
  }

  private String refusal(EthernetPort port) {
    return assertThrows(HostRefusedException.class, () -> requirements.check(port)).getMessage();
  }

  private static EthernetPort port(String networkInterface, String driver) throws IOException {
    NicProfile profile = NicReader.read(PROFILE);
    return new EthernetPort(
        "members",
        Optional.of(networkInterface),
        Optional.empty(),
        profile,
        profile.virtualDevices().stream()
            .filter(device -> device.driver().equals(driver))
            .findFirst(),
        (Inet4Address) InetAddress.getByName("10.77.0.1"),
        24,
        Optional.empty(),
        EthernetPort.NO_VLAN,
        StampClock.UTC);
  }
}
