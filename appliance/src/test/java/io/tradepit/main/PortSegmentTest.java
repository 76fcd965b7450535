package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A segment past the kernel, as members with the kernel's TCP and nassau see it from another
 * network namespace.
 */
@Timeout(900)
class PortSegmentTest {
  private static final int IN_FLIGHT = 500;
  private static final Duration ROLL = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void shouldTradePublishAndReplayOverAPacketSocket() throws Exception {
    try (PortSegment plan = new PortSegment(directory).write("net_af_packet");
        WireCapture wire = WireCapture.begin(plan.member, "m1", directory);
        Feed lineA = plan.join(PortSegment.LINE_A);
        Feed lineB = plan.join(PortSegment.LINE_B);
        SegmentProcess segment = plan.start()) {
      assertSaysWhatItObtained(segment.output(), "net_af_packet");
      List<byte[]> told = tradeAndPublish(plan, lineA, lineB);
      wire.assertReadBy(lineA.received.size());
      assertRawBytesAreAnswered(plan);
      playRecordedFlow(plan);
      assertEquals(0, segment.stop(), segment.output());
      assertNothingIsAttached(plan);
      ran("net_af_packet", told, lineA);
    }
  }

  private static void ran(String driver, List<byte[]> told, Feed line) {
    Tier.ran(
        "segment past the kernel",
        "driver=%s replayed=%d feedMessages=%d"
            .formatted(driver, told.size(), line.received.size()));
  }

  private static void playRecordedFlow(PortSegment plan) throws Exception {
    RecordedFlow day = RecordedFlow.MICROSOFT;
    if (day.isThere()) {
      day.play(plan, "SPT1");
    } else {
      System.out.println("skipped: there is no " + day.file());
    }
  }

  @Test
  void shouldLoseNothingWhenItIsKilledOverAfXdp() throws Exception {
    int kills = (int) Tier.count(1, 10);
    try (PortSegment plan = new PortSegment(directory).write("net_af_xdp")) {
      List<byte[]> told = firstLife(plan);
      for (int life = 1; life <= kills; life++) {
        told = nextLife(plan, told, life == kills);
      }
      assertNothingIsAttached(plan);
      Tier.ran("kill -9 past the kernel", "kills=" + kills + " messages=" + told.size());
    }
  }

  private static List<byte[]> firstLife(PortSegment plan) throws IOException, InterruptedException {
    try (Feed lineA = plan.join(PortSegment.LINE_A);
        Feed lineB = plan.join(PortSegment.LINE_B);
        SegmentProcess segment = plan.start()) {
      assertSaysWhatItObtained(segment.output(), "net_af_xdp");
      List<byte[]> told = tradeAndPublish(plan, lineA, lineB);
      ran("net_af_xdp", told, lineA);
      try (Member member = plan.login("NPT1", told.size() + 1)) {
        told.addAll(killedUnderLoad(segment, member));
      }
      return told;
    }
  }

  private static List<byte[]> nextLife(PortSegment plan, List<byte[]> before, boolean isLast)
      throws Exception {
    try (SegmentProcess segment = plan.start();
        Member member = plan.login("NPT1", 1)) {
      member.awaitMessages(before.size());
      SegmentTest.assertStream(before, member.received.subList(0, before.size()));
      if (!isLast) {
        killedUnderLoad(segment, member);
        return member.received;
      }
      assertRolls(plan, member);
      assertEquals(0, segment.stop(), segment.output());
      return member.received;
    }
  }

  // The next day begins in the same process, with the DPDK that it has and a stack made anew.
  private static void assertRolls(PortSegment plan, Member member) throws Exception {
    FutureTask<String> roll =
        new FutureTask<>(() -> SegmentTest.admin(plan.directory, "day", "roll"));
    Thread.ofPlatform().start(roll);
    // The end of the day cancels what rests, which a member has to read, or it is cut.
    member.await(member::isEnded, ROLL);
    roll.get();
    try (Member next = plan.login("NPT1", 1)) {
      assertEquals(1, next.acceptedSequence());
      assertNotEquals(member.session(), next.session());
    }
  }

  // What came until it was killed; no one closes the connection of a killed process.
  private static List<byte[]> killedUnderLoad(SegmentProcess segment, Member member)
      throws IOException {
    int before = member.received.size();
    long urn = 1_000_000L + 2L * before;
    for (int i = 0; i < 2 * IN_FLIGHT; i++) {
      member.send(OuchBytes.enter(urn + i, 'B', 10, "BIRCH", PortSegment.PRICE));
      member.poll();
    }
    member.awaitMessages(before + IN_FLIGHT);
    segment.kill();
    long quietNs = System.nanoTime() + 100_000_000L;
    while (System.nanoTime() < quietNs) {
      member.poll();
    }
    return member.received.subList(before, member.received.size());
  }

  // What the buyer was told.
  private static List<byte[]> tradeAndPublish(PortSegment plan, Feed lineA, Feed lineB)
      throws IOException {
    int pairs = (int) Tier.count(500, 20_000);
    List<byte[]> told = plan.trade(pairs);
    try (Member again = plan.login("NPT1", 1)) {
      again.awaitMessages(told.size());
      SegmentTest.assertStream(told, again.received);
    }
    int published = PortSegment.published(pairs);
    lineA.awaitMessages(published);
    lineB.awaitMessages(published);
    assertEquals(1, lineA.firstSequence());
    SegmentTest.assertStream(lineA.received, lineB.received);
    return told;
  }

  private static void assertSaysWhatItObtained(String table, String driver) {
    assertTrue(table.contains("10.77.0.1:9001, transport bypass (asked: bypass)"), table);
    assertTrue(table.contains("b0 by " + driver + ", 10.77.0.1/24, MAC "), table);
    assertTrue(table.contains("steering: none, the device has no flow rules"), table);
    assertTrue(table.contains("239.192.7.1:30001 from 10.77.1.1 by port md, ttl 1"), table);
  }

  // By nc, which knows nothing of the protocol: a login of version 3.00, and the day's answer.
  private static void assertRawBytesAreAnswered(PortSegment plan) throws IOException {
    if (!Files.isExecutable(Path.of("/usr/bin/nc"))) {
      System.out.println("skipped: nc (netcat-openbsd) is not installed");
      return;
    }
    Process nc = plan.member.start(new ProcessBuilder("nc", "10.77.0.1", "9001"));
    ByteBuffer login = ByteBuffer.allocate(49).putShort((short) 47).put((byte) 'L');
    login.put(OuchBytes.ascii("SPT1", 6)).put(OuchBytes.ascii(plan.logins().get("SPT1"), 10));
    login.put(OuchBytes.ascii("", 10)).put(OuchBytes.ascii(" ".repeat(19) + "1", 20));
    nc.getOutputStream().write(login.array(), 0, login.capacity());
    nc.getOutputStream().flush();
    InputStream answer = nc.getInputStream();
    byte[] accepted = answer.readNBytes(33);
    assertEquals("\0\u001FA", new String(accepted, 0, 3, StandardCharsets.ISO_8859_1));
    assertEquals("1", new String(accepted, 13, 20, StandardCharsets.US_ASCII).strip());
    assertEquals('S', answer.readNBytes(4)[2]);
    nc.destroy();
  }

  private static void assertNothingIsAttached(PortSegment plan) throws IOException {
    String links = plan.box.ip("link", "show");
    assertFalse(links.contains("xdp"), links);
    assertEquals(List.of(), hugePageFiles());
  }

  // Files of the segment's DPDK, which is called by the segment's name; a killed one leaves a
  // folder.
  private static List<Path> hugePageFiles() throws IOException {
    Path folder = Path.of("/var/run/dpdk/test");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }
}
