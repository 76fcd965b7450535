package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.net.NetworkNamespace;
import io.tradepit.net.Relay;
import io.tradepit.net.RelayCounts;
import io.tradepit.net.VethPair;
import io.tradepit.net.Weather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands between a segment's ports and its members: a cable for each line of the feed, a
 * router, a VLAN, bad weather. The long tier.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PortPathsTest {
  private static final String DRIVER = "net_af_packet";
  private static final int PAIRS = 2_000;
  private static final int PAIRS_IN_BAD_WEATHER = 10_000;
  private static final int TAKEOVERS = 5;

  @TempDir Path directory;

  @BeforeEach
  void requireTime() {
    assumeTrue(Tier.isLong(), "skipped: the long tier has the time");
  }

  @Test
  void shouldSendEachLineByAPortOfItsOwn() throws IOException, InterruptedException {
    try (PortSegment plan = new PortSegment(directory)) {
      plan.lay("m2", "10.77.2.2/24", "b2");
      plan.write(
          "lineAPort: md-a, lineBPort: md-b",
          plan.port("members", "b0", DRIVER, "address: 10.77.0.1/24"),
          plan.port("md-a", "b1", DRIVER, "address: 10.77.1.1/24"),
          plan.port("md-b", "b2", DRIVER, "address: 10.77.2.1/24"));
      int messages = PortSegment.published(PAIRS);
      try (Feed lineA = plan.join(PortSegment.LINE_A, "10.77.1.2");
          Feed lineB = plan.join(PortSegment.LINE_B, "10.77.2.2");
          Feed lineBOfA = plan.join(PortSegment.LINE_B, "10.77.1.2");
          SegmentProcess segment = plan.start()) {
        Path said = directory.resolve("feed.txt");
        Process tool = feedTool(plan, messages, said);
        plan.trade(PAIRS);
        lineA.awaitMessages(messages);
        lineB.awaitMessages(messages);
        SegmentTest.assertStream(lineA.received, lineB.received);
        assertFalse(lineBOfA.poll(), "line B left by the port of line A");
        assertReceivedByTool(tool, said);
        assertEquals(0, segment.stop(), segment.output());
        Tier.ran("a port for each line", "messages=" + messages);
      }
    }
  }

  /** {@code tradepit feed} in the namespace of members, each line on its interface; joined. */
  private static Process feedTool(PortSegment plan, int messages, Path said)
      throws IOException, InterruptedException {
    Process tool =
        plan.member.start(
            new ProcessBuilder(
                    SegmentProcess.tradepit(
                        "feed",
                        "--config",
                        plan.file.toString(),
                        "--dir",
                        plan.directory.toString(),
                        "--interface",
                        "10.77.1.2,10.77.2.2",
                        "--no-recovery",
                        "--count",
                        Integer.toString(messages - PortSegment.published(0)),
                        "--seconds",
                        "60"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile()));
    while (!Files.readString(said).contains("-- joined line=B")) {
      assertTrue(tool.isAlive(), Files.readString(said));
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return tool;
  }

  private static void assertReceivedByTool(Process tool, Path file)
      throws IOException, InterruptedException {
    assertTrue(tool.waitFor(70, TimeUnit.SECONDS), "tradepit feed goes on");
    List<String> end =
        Files.readString(file).lines().filter(line -> line.startsWith("-- ")).toList();
    List<String> lines = end.stream().filter(line -> line.startsWith("-- line line=")).toList();
    assertEquals(2, lines.size(), end::toString);
    assertTrue(lines.stream().allMatch(line -> line.contains("state=up")), lines::toString);
    assertTrue(end.stream().anyMatch(line -> line.contains("gaps=0 lost=0")), end::toString);
  }

  /**
   * <pre>
   *   member 10.77.9.2  m9 ---- r9  10.77.9.1  router  10.77.0.254  r0 ---- b0  10.77.0.1
   * </pre>
   */
  @Test
  void shouldServeMembersBehindARouterAndTheOneThatTakesOver()
      throws IOException, InterruptedException {
    try (PortSegment plan = new PortSegment(directory, PortSegment.Cables.LEFT_OUT);
        NetworkNamespace router = NetworkNamespace.make("router")) {
      VethPair outer = VethPair.between(plan.member, "m9", router, "r9");
      outer.left().address("10.77.9.2/24");
      outer.right().address("10.77.9.1/24");
      VethPair inner = VethPair.between(router, "r0", plan.box, "b0");
      inner.left().address("10.77.0.254/24");
      inner.right().withoutKernel();
      router.run("sysctl", "-qw", "net.ipv4.ip_forward=1");
      plan.member.ip("route", "add", "10.77.0.0/24", "via", "10.77.9.1");
      plan.lay("m1", "10.77.1.2/24", "b1");
      String address = "address: 10.77.0.1/24, gateway: 10.77.0.254";
      plan.write(
          "lineAPort: md, lineBPort: md",
          plan.port("members", "b0", DRIVER, address),
          plan.port("md", "b1", DRIVER, "address: 10.77.1.1/24"));
      try (SegmentProcess segment = plan.start()) {
        List<byte[]> told = plan.trade(PAIRS);
        long takeoverMs = takeOver(plan, router, told.size() + 1);
        assertEquals(0, segment.stop(), segment.output());
        // A heartbeat of the member, each second, would tell the port as well.
        assertTrue(takeoverMs < 900, "ms=" + takeoverMs);
        Tier.ran(
            "members behind a router", "messages=" + told.size() + " takeoverMs=" + takeoverMs);
      }
    }
  }

  /**
   * Another card takes the router's address over while the member is silent; the port has to ask
   * for it.
   *
   * @return the shortest time from the member's last message to the report of the trade
   */
  private static long takeOver(PortSegment plan, NetworkNamespace router, long from)
      throws IOException {
    long shortestNs = Long.MAX_VALUE;
    try (Member buyer = plan.login("NPT1", from);
        Member seller = plan.login("SPT1", from)) {
      for (int i = 1; i <= TAKEOVERS; i++) {
        int urn = PAIRS + i;
        buyer.send(OuchBytes.enter(urn, 'B', 10, "BIRCH", PortSegment.PRICE));
        long sentNs = System.nanoTime();
        buyer.awaitMessages(2 * i - 1);
        router.ip("link", "set", "r0", "address", "02:00:00:00:00:0" + i);
        seller.send(OuchBytes.enter(urn, 'S', 10, "BIRCH", PortSegment.PRICE));
        buyer.awaitMessages(2 * i);
        shortestNs = Math.min(shortestNs, System.nanoTime() - sentNs);
        seller.awaitMessages(2 * i);
      }
      return TimeUnit.NANOSECONDS.toMillis(shortestNs);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp"})
  void shouldServeMembersOfAVlan(String driver) throws IOException, InterruptedException {
    try (PortSegment plan = new PortSegment(directory, PortSegment.Cables.LEFT_OUT);
        Relay members = layTagged(plan, "m0", "10.77.0.2/24", "b0", 77);
        Relay feed = layTagged(plan, "m1", "10.77.1.2/24", "b1", 78)) {
      plan.write(
          "lineAPort: md, lineBPort: md",
          plan.port("members", "b0", driver, "address: 10.77.0.1/24, vlan: 77"),
          plan.port("md", "b1", driver, "address: 10.77.1.1/24, vlan: 78"));
      int messages = PortSegment.published(PAIRS);
      try (Feed lineA = plan.join(PortSegment.LINE_A);
          Feed lineB = plan.join(PortSegment.LINE_B);
          SegmentProcess segment = plan.start()) {
        List<byte[]> told = plan.trade(PAIRS);
        lineA.awaitMessages(messages);
        lineB.awaitMessages(messages);
        SegmentTest.assertStream(lineA.received, lineB.received);
        assertEquals(0, segment.stop(), segment.output());
        Tier.ran(
            "ports of a VLAN",
            "driver=%s messages=%d there=%s back=%s feedMessages=%d %s"
                .formatted(
                    driver,
                    told.size(),
                    members.toRight(),
                    members.toLeft(),
                    messages,
                    feed.toLeft()));
      }
    }
  }

  private static Relay layTagged(
      PortSegment plan, String memberEnd, String address, String boxEnd, int vlan)
      throws IOException {
    Relay relay = Relay.tagging(plan.member, memberEnd, plan.box, boxEnd, vlan);
    relay.left().address(address);
    relay.right().withoutKernel();
    return relay;
  }

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp"})
  void shouldKeepStreamsWholeOverACableThatLosesDoublesAndReorders(String driver)
      throws IOException, InterruptedException {
    long seed = Tier.seed(1);
    try (PortSegment plan = new PortSegment(directory, PortSegment.Cables.LEFT_OUT);
        Relay relay = Relay.between(plan.member, "m0", plan.box, "b0")) {
      relay.left().address("10.77.0.2/24");
      relay.right().withoutKernel();
      relay.toRight(Weather.seeded(seed, 0.01, 0.02, 0.05));
      relay.toLeft(Weather.seeded(seed + 1, 0.01, 0.02, 0.05));
      plan.lay("m1", "10.77.1.2/24", "b1");
      plan.write(driver);
      try (SegmentProcess segment = plan.start()) {
        List<byte[]> told = plan.trade(PAIRS_IN_BAD_WEATHER);
        try (Member again = plan.login("NPT1", 1)) {
          again.awaitMessages(told.size());
          SegmentTest.assertStream(told, again.received);
        }
        assertBad(relay.toRight());
        assertBad(relay.toLeft());
        assertEquals(0, segment.stop(), segment.output());
        Tier.ran(
            "streams over a bad cable",
            "driver=%s messages=%d there=%s back=%s"
                .formatted(driver, told.size(), relay.toRight(), relay.toLeft()));
      }
    }
  }

  private static void assertBad(RelayCounts counts) {
    assertTrue(counts.lost() > 0 && counts.doubled() > 0 && counts.held() > 0, counts::toString);
  }
}
