package io.tradepit.host.ethernet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.PortOptions;
import io.tradepit.dpdk.PortStatistics;
import io.tradepit.net.NetworkNamespace;
import io.tradepit.net.VethPair;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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
  private static final int DATAGRAMS = 300;
  private static final int LENGTH = 64;
  private static final String PORT_ADDRESS = "10.77.0.1";
  private static final String MEMBER = "10.77.0.2/24";

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
    layCable();
    try (EchoPort port = new EchoPort(box, PortOptions.of(driver + "_veth", "iface=b0"))) {
      exchange(member, "m0", port);
      assertEquals(driver, port.description().driver());
      assertEquals(0, port.description().does());
      assertEquals(driver.equals("net_af_xdp"), box.ip("link", "show", "b0").contains("xdp"));
      assertCounted(port.statistics());
    }
    assertFalse(box.ip("link", "show", "b0").contains("xdp"), "an XDP program stayed attached");
  }

  /** The driver does in software what a card does: the same path, seen by the same kernel. */
  @Test
  void shouldLeaveChecksumsToADeviceThatCan() throws IOException {
    try (EchoPort port = new EchoPort(box, PortOptions.of("net_tap_own", "iface=t0"))) {
      int checksums = Dpdk.CHECKS_CHECKSUMS | Dpdk.FILLS_CHECKSUMS;
      assertEquals(checksums, port.description().does());
      box.ip("addr", "add", MEMBER, "dev", "t0");
      exchange(box, "t0", port);
      assertEquals(DATAGRAMS, port.proved.get());
      assertCounted(port.statistics());
    }
    assertFalse(box.ip("link", "show").contains("t0"), "the tap is there yet");
  }

  @Test
  void shouldComputeNothingThatItWasNotToldTo() throws IOException {
    PortOptions options = PortOptions.of("net_tap_bare", "iface=t0").withOffloads(0);
    try (EchoPort port = new EchoPort(box, options)) {
      assertEquals(0, port.description().does());
      box.ip("addr", "add", MEMBER, "dev", "t0");
      exchange(box, "t0", port);
      assertEquals(0, port.proved.get());
    }
  }

  /** Stamps of libpcap are in microseconds: read so they are this machine's time, else not. */
  @ParameterizedTest
  @CsvSource({"1000, true", "1, false"})
  void shouldUseAStampOnlyWhenItIsThisMachinesTime(int tickNs, boolean isOurs) throws IOException {
    layCable();
    PortOptions options = PortOptions.of("net_pcap_stamped", "iface=b0").withStamps(tickNs, 0);
    try (EchoPort port = new EchoPort(box, options)) {
      exchange(member, "m0", port);
      long behindNs = System.currentTimeMillis() * 1_000_000 - port.stampNs;
      assertEquals(isOurs, Math.abs(behindNs) < 2_000_000_000L, "stampNs=" + port.stampNs);
      assertEquals(isOurs ? 0 : DATAGRAMS, port.statistics().foreignStamps());
    }
  }

  private void layCable() throws IOException {
    VethPair pair = VethPair.between(member, "m0", box, "b0");
    pair.left().address(MEMBER);
    pair.right().withoutKernel();
  }

  /** The last one may be on its way out. */
  private static void assertCounted(PortStatistics counted) {
    assertTrue(counted.receivedFrames() >= DATAGRAMS, counted.toString());
    assertTrue(counted.sentFrames() >= DATAGRAMS - 1, counted.toString());
    assertEquals(0, counted.missedFrames() + counted.refusedRoom() + counted.inPieces());
  }

  private static void exchange(NetworkNamespace from, String device, EchoPort port)
      throws IOException {
    from.ip("neigh", "replace", PORT_ADDRESS, "lladdr", text(port.mac()), "dev", device);
    try (DatagramChannel channel = from.call(VirtualDevicesTest::connected)) {
      for (int i = 0; i < DATAGRAMS; i++) {
        channel.write(ByteBuffer.allocate(LENGTH).putInt(0, i));
        ByteBuffer answer = ByteBuffer.allocate(LENGTH);
        channel.read(answer);
        assertEquals(i, answer.getInt(0));
      }
    }
  }

  private static DatagramChannel connected() throws IOException {
    return DatagramChannel.open(StandardProtocolFamily.INET)
        .connect(new InetSocketAddress(PORT_ADDRESS, 4_000));
  }

  private static String text(long mac) {
    StringBuilder text = new StringBuilder();
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(text.isEmpty() ? "" : ":").append("%02x".formatted((mac >> shift) & 0xff));
    }
    return text.toString();
  }
}
