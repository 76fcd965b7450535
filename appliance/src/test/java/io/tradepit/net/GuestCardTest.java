package io.tradepit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicProfile.Step;
import io.tradepit.config.NicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a card to DPDK, by the checklist of its profile: from the kernel to vfio-pci, driven
 * there by DPDK's own program and by the appliance's port, and back. The machine is a guest, since
 * this one has no card.
 */
@Timeout(1800)
class GuestCardTest {
  private static final NicProfile PROFILE =
      NicReader.read(Path.of("..", "nic-config", "intel-82574.yaml").toAbsolutePath());
  private static final Duration SHORT = Duration.ofSeconds(60);
  private static final InetSocketAddress PEER = new InetSocketAddress("10.77.0.9", 7_000);
  private static final String TESTPMD = "/tmp/testpmd.txt";
  private static final String MIRROR = "/tmp/mirror.txt";
  private static final int DATAGRAMS = 1_000;

  @TempDir private Path folder;
  private NetworkNamespace member;
  private Guest guest;
  private String address;
  private String networkInterface;

  @BeforeEach
  void boot() throws IOException, InterruptedException {
    assumeTrue(Tier.isLong(), "a guest by software emulation: long tier only");
    Path image = GuestImage.made();
    member = NetworkNamespace.make("member");
    CableEnd end = member.tap("g0").address("10.77.0.2/24");
    Path payload = GuestPayload.make(folder);
    guest = Guest.boot(image, end, payload, 2048);
    address = guest.succeed(SHORT, "lspci -D -d " + Guest.CARD + " | cut -d ' ' -f 1").strip();
    networkInterface = guest.succeed(SHORT, "ls /sys/bus/pci/devices/" + address + "/net").strip();
  }

  @AfterEach
  void remove() throws IOException {
    if (guest != null) {
      guest.close();
    }
    if (member != null) {
      member.close();
    }
  }

  @Test
  void shouldGoFromTheKernelToDpdkAndBack() throws IOException, InterruptedException {
    for (Step step : PROFILE.bringUp().subList(0, PROFILE.bringUp().size() - 1)) {
      follow(step);
    }
    assertTrue(isAnsweredByTestpmd(), () -> "no answer; it said " + said(TESTPMD));
    String mirror = mirrorDatagrams();
    follow(PROFILE.bringUp().getLast());
    assertEquals(
        networkInterface,
        guest
            .succeed(SHORT, "udevadm settle; ls /sys/bus/pci/devices/" + address + "/net")
            .strip());
    Tier.ran(
        "82574L of a guest by vfio-pci",
        "steps=" + PROFILE.bringUp().size() + " datagrams=" + DATAGRAMS + " " + mirror);
  }

  /** DPDK's program goes on until it is told to end; then it has said what it saw. */
  private void follow(Step step) throws IOException, InterruptedException {
    String command =
        step.command().replace("{bdf}", address).replace("{interface}", networkInterface);
    String bounded = command.startsWith("dpdk-") ? "timeout -s INT 40 " + command : command;
    Guest.Result result = guest.run(SHORT.multipliedBy(2), bounded + " 2>&1");
    if (step.shows().isEmpty()) {
      assertEquals(0, result.exitCode(), command + ": " + result.output());
    } else {
      assertTrue(result.output().contains(step.shows()), command + ": " + result);
    }
  }

  /** Whether DPDK's own program answers ARP and then an echo request of this kernel. */
  private boolean isAnsweredByTestpmd() throws IOException, InterruptedException {
    guest.succeed(
        SHORT,
        "(dpdk-testpmd --in-memory -l 0-1 -a "
            + address
            + " -- --total-num-mbufs=4096 --stats-period=5 --forward-mode=icmpecho >"
            + TESTPMD
            + " 2>&1 &)");
    try {
      InetAddress peer = PEER.getAddress();
      return member.call(() -> {
        boolean isAnswered = false;
        for (int i = 0; i < 15 && !isAnswered; i++) {
          isAnswered = peer.isReachable(3_000);
        }
        return isAnswered;
      });
    } finally {
      guest.run(SHORT, "pkill -INT dpdk-testpmd; while pgrep dpdk-testpmd; do sleep 1; done");
    }
  }

  /** The appliance's port, with checksums left to the card; returns what it counted. */
  private String mirrorDatagrams() throws IOException, InterruptedException {
    guest.succeed(
        SHORT,
        "("
            + GuestPayload.java(FrameMirror.class)
            + " /payload/nic-config/intel-82574.yaml "
            + address
            + " >"
            + MIRROR
            + " 2>&1 &)");
    guest.run(
        SHORT.multipliedBy(2),
        "until grep -q '"
            + FrameMirror.READY
            + "' "
            + MIRROR
            + "; do sleep 1; pgrep java >/tmp/java || break; done");
    String ready = said(MIRROR);
    assertTrue(ready.contains(FrameMirror.READY), ready);
    int from = ready.indexOf(FrameMirror.READY) + FrameMirror.READY.length();
    String mac = ready.substring(from, from + "00:00:00:00:00:00".length());
    member.ip("neigh", "replace", PEER.getAddress().getHostAddress(), "lladdr", mac, "dev", "g0");
    Datagrams.exchange(member, PEER, Tier.seed(1), DATAGRAMS);
    guest.run(SHORT, "while pgrep java; do sleep 1; done");
    String said = said(MIRROR);
    assertTrue(said.contains("closed=0 stopped=0"), said);
    return said.lines().filter(line -> line.startsWith("mirrored=")).findFirst().orElseThrow();
  }

  private String said(String file) {
    try {
      return guest.run(SHORT, "tail -n 60 " + file).output();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }
}
