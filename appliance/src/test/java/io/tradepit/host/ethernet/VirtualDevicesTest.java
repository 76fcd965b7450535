package io.tradepit.host.ethernet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.NicProfile;
import io.tradepit.config.NicReader;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.DpdkException;
import io.tradepit.dpdk.PortOptions;
import io.tradepit.dpdk.PortStatistics;
import io.tradepit.net.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each virtual device carries datagrams of a kernel both ways, and goes without a trace. */
@Timeout(60)
class VirtualDevicesTest {
  private static final NicProfile PROFILE =
      NicReader.read(Path.of("..", "nic-config", "virtual.yaml").toAbsolutePath());

  private NetworkNamespace member;
  private NetworkNamespace box;

  @BeforeEach
  void makeNamespaces() throws IOException {
    member = NetworkNamespace.make("member");
    box = NetworkNamespace.make("box");
  }

  @AfterEach
  void removeNamespaces() throws IOException {
    member.close();
    box.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp", "net_pcap"})
  void shouldEchoOverAVeth(String driver) throws IOException {
    Datagrams.layCable(member, box);
    PortOptions options = PortOptions.of(driver + "_veth", arguments(driver, "b0"));
    try (EchoPort port = new EchoPort(box, options)) {
      Datagrams.exchange(member, "m0", port.mac());
      assertEquals(driver, port.description().driver());
      assertSteers(port, false);
      assertEquals(0, port.description().does());
      assertEquals(driver.equals("net_af_xdp"), box.ip("link", "show", "b0").contains("xdp"));
      assertCounted(port.statistics());
    }
    assertFalse(box.ip("link", "show", "b0").contains("xdp"), "an XDP program stayed attached");
  }

  /** The driver does in software what a card does: the same path, seen by the same kernel. */
  @Test
  void shouldLeaveChecksumsToADeviceThatCan() throws IOException {
    PortOptions options = PortOptions.of("net_tap_own", arguments("net_tap", "t0"));
    try (EchoPort port = new EchoPort(box, options)) {
      int checksums = Dpdk.CHECKS_CHECKSUMS | Dpdk.FILLS_CHECKSUMS;
      assertEquals(checksums, port.description().does());
      box.ip("addr", "add", Datagrams.FROM, "dev", "t0");
      assertSteers(port, (port.description().can() & Dpdk.STEERS) != 0);
      Datagrams.exchange(box, "t0", port.mac());
      assertEquals(Datagrams.COUNT, port.echo.proved.get());
      assertCounted(port.statistics());
    }
    assertFalse(box.ip("link", "show").contains("t0"), "the tap is there yet");
  }

  @Test
  void shouldComputeNothingThatItWasNotToldTo() throws IOException {
    PortOptions options = PortOptions.of("net_tap_bare", "iface=t0").withOffloads(0);
    try (EchoPort port = new EchoPort(box, options)) {
      assertEquals(0, port.description().does());
      box.ip("addr", "add", Datagrams.FROM, "dev", "t0");
      Datagrams.exchange(box, "t0", port.mac());
      assertEquals(0, port.echo.proved.get());
    }
  }

  /** Stamps of libpcap are in microseconds: read so they are this machine's time, else not. */
  @ParameterizedTest
  @CsvSource({"1000, 0, true", "1, 0, false", "1000, -37, false"})
  void shouldUseAStampOnlyWhenItIsThisMachinesTime(int tickNs, int offsetS, boolean isOurs)
      throws IOException {
    Datagrams.layCable(member, box);
    PortOptions options =
        PortOptions.of("net_pcap_stamped", "iface=b0").withStamps(tickNs, offsetS * 1_000_000_000L);
    try (EchoPort port = new EchoPort(box, options)) {
      Datagrams.exchange(member, "m0", port.mac());
      long behindNs = System.currentTimeMillis() * 1_000_000 - port.echo.stampNs;
      assertEquals(isOurs, Math.abs(behindNs) < 2_000_000_000L, "stampNs=" + port.echo.stampNs);
      assertEquals(isOurs ? 0 : Datagrams.COUNT, port.statistics().foreignStamps());
    }
  }

  /** A tap takes rules where the kernel has tc's flower. */
  private static void assertSteers(EchoPort port, boolean can) {
    if (can) {
      port.steer(9_001);
      return;
    }
    DpdkException refused = assertThrows(DpdkException.class, () -> port.steer(9_001));
    assertTrue(refused.getMessage().startsWith("steering tcpPort=9001 errno="));
  }

  /** The last one may be on its way out. */
  private static void assertCounted(PortStatistics counted) {
    assertTrue(counted.receivedFrames() >= Datagrams.COUNT, counted.toString());
    assertTrue(counted.sentFrames() >= Datagrams.COUNT - 1, counted.toString());
    assertEquals(0, counted.missedFrames() + counted.refusedRoom() + counted.inPieces());
  }

  /** As the profile of virtual devices has them. */
  private static String arguments(String driver, String networkInterface) {
    return PROFILE.virtualDevices().stream()
        .filter(device -> device.driver().equals(driver))
        .map(device -> device.arguments().replace("{interface}", networkInterface))
        .findFirst()
        .orElseThrow();
  }
}
