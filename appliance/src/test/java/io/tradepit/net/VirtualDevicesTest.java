package io.tradepit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicProfile.VirtualDevice;
import io.tradepit.config.NicReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The virtual devices of nic-config, with the arguments that stand there: what the kernel sends
 * comes in, what is sent the kernel takes, checksums and all.
 */
@Timeout(90)
class VirtualDevicesTest {
  private static final NicProfile PROFILE =
      NicReader.read(Path.of("..", "nic-config", "virtual.yaml").toAbsolutePath());
  private static final InetSocketAddress PEER = new InetSocketAddress("10.77.0.9", 7_000);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp", "net_pcap"})
  void shouldReceiveAndSendOverAPair(String driver) throws IOException, InterruptedException {
    try (NetworkNamespace member = NetworkNamespace.make("member");
        NetworkNamespace box = NetworkNamespace.make("box")) {
      VethPair pair = VethPair.between(member, "m0", box, "b0");
      pair.left().address("10.77.0.2/24");
      pair.right().withoutKernel();
      MirrorProcess mirror = start(box, driver, "b0");
      exchange(member, "m0", mirror, driver);
    }
  }

  /** The device makes the interface; the kernel's end of it is in the same namespace. */
  @Test
  void shouldReceiveAndSendOverATap() throws IOException, InterruptedException {
    try (NetworkNamespace box = NetworkNamespace.make("box")) {
      MirrorProcess mirror = start(box, "net_tap", "t0");
      CableEnd end = new CableEnd(box, "t0");
      end.prepare();
      end.address("10.77.0.2/24");
      exchange(box, "t0", mirror, "net_tap");
    }
  }

  private MirrorProcess start(NetworkNamespace box, String driver, String networkInterface)
      throws IOException, InterruptedException {
    VirtualDevice device =
        PROFILE.virtualDevices().stream()
            .filter(each -> each.driver().equals(driver))
            .findFirst()
            .orElseThrow();
    return MirrorProcess.start(
        box,
        folder,
        driver + "_box",
        device.arguments().replace("{interface}", networkInterface),
        MirrorProcess.environment(PROFILE, ""));
  }

  private static void exchange(
      NetworkNamespace member, String networkInterface, MirrorProcess mirror, String driver)
      throws IOException, InterruptedException {
    int count = (int) Tier.count(200, 100_000);
    member.ip(
        "neigh",
        "add",
        PEER.getAddress().getHostAddress(),
        "lladdr",
        mirror.mac(),
        "dev",
        networkInterface);
    Datagrams.exchange(member, PEER, Tier.seed(1), count);
    assertEquals(0, mirror.awaitEnd(), mirror.output());
    assertTrue(mirror.output().contains("closed=0 stopped=0"), mirror.output());
    Tier.ran(driver + " by its profile", "datagrams=" + count);
  }
}
