package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.tools.replay.Pace;
import io.tradepit.tools.replay.Replay;
import io.tradepit.tools.replay.ReplayContext;
import io.tradepit.tools.replay.ReplayResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A segment past the kernel, as members with the kernel's TCP and nassau see it from another
 * network namespace.
 */
@Timeout(300)
class PortSegmentTest {
  private static final long PRICE = 250_000;
  private static final List<String> DRIVERS = List.of("net_af_packet", "net_af_xdp");
  private static final int START_OF_DAY = 11;
  private static final int IN_FLIGHT = 500;
  private static final int QUIET_ROUNDS = 3;
  private static final int MAX_ROUNDS = 30;
  private static final int WARM_UP_ORDERS = 30_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp"})
  void shouldTradePublishAndReplayPastTheKernel(String driver)
      throws IOException, InterruptedException {
    int pairs = (int) Tier.count(500, 20_000);
    try (PortSegment plan = new PortSegment(directory).write(driver);
        Feed lineA = plan.join(PortSegment.LINE_A);
        Feed lineB = plan.join(PortSegment.LINE_B);
        WireCapture wire = WireCapture.begin(plan.member, "m1", directory);
        SegmentProcess segment = plan.start()) {
      assertSaysWhatItObtained(segment.output(), driver);
      List<byte[]> told = trade(plan, pairs);
      try (Member again = plan.login("NPT1", 1)) {
        again.awaitMessages(told.size());
        SegmentTest.assertStream(told, again.received);
      }
      assertRawBytesAreAnswered(plan);
      int published = START_OF_DAY + 2 * pairs;
      lineA.awaitMessages(published);
      lineB.awaitMessages(published);
      assertEquals(1, lineA.firstSequence());
      SegmentTest.assertStream(lineA.received, lineB.received);
      wire.assertReadBy(published);
      assertEquals(0, segment.stop(), segment.output());
      assertNothingIsAttached(plan);
      Tier.ran(
          "segment past the kernel",
          "driver=%s pairs=%d replayed=%d feedMessages=%d"
              .formatted(driver, pairs, told.size(), published));
    }
  }

  private static void assertSaysWhatItObtained(String table, String driver) {
    assertTrue(table.contains("10.77.0.1:9001, transport bypass (asked: bypass)"), table);
    assertTrue(table.contains("b0 by " + driver + ", 10.77.0.1/24, MAC "), table);
    assertTrue(table.contains("239.192.7.1:30001 from 10.77.1.1 by port md, ttl 1"), table);
  }

  // What the buyer was told.
  private static List<byte[]> trade(PortSegment plan, int pairs) throws IOException {
    try (Member buyer = plan.login("NPT1", 1);
        Member seller = plan.login("SPT1", 1)) {
      for (int urn = 1; urn <= pairs; urn++) {
        buyer.send(OuchBytes.enter(urn, 'B', 10, "BIRCH", PRICE));
        if (urn % 100 == 0 || urn == pairs) {
          buyer.awaitMessages(urn);
          seller.poll();
        }
      }
      buyer.awaitMessages(1 + pairs);
      for (int urn = 1; urn <= pairs; urn++) {
        seller.send(OuchBytes.enter(urn, 'S', 10, "BIRCH", PRICE));
        buyer.poll();
        seller.poll();
      }
      buyer.awaitMessages(1 + 2 * pairs);
      seller.awaitMessages(1 + 2 * pairs);
      return buyer.received;
    }
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

  // Files of the segment's DPDK, which is called by the segment's name; it leaves an empty folder.
  private static List<Path> hugePageFiles() throws IOException {
    Path folder = Path.of("/var/run/dpdk/test");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"net_af_xdp"})
  void shouldLoseNothingWhenItIsKilled(String driver) throws IOException, InterruptedException {
    int kills = (int) Tier.count(1, 10);
    try (PortSegment plan = new PortSegment(directory).write(driver)) {
      List<byte[]> told = List.of();
      long urn = 0;
      for (int kill = 0; kill <= kills; kill++) {
        try (SegmentProcess segment = plan.start();
            Member member = plan.login("NPT1", 1)) {
          member.awaitMessages(told.size());
          SegmentTest.assertStream(told, member.received.subList(0, told.size()));
          int answered = told.size() + IN_FLIGHT;
          long last = urn + 2 * IN_FLIGHT;
          while (urn < last) {
            member.send(OuchBytes.enter(++urn, 'B', 10, "BIRCH", PRICE));
            member.poll();
          }
          member.awaitMessages(kill < kills ? answered : answered + IN_FLIGHT);
          if (kill < kills) {
            segment.kill();
            // What the kernel holds was answered before the kill; no one closes the connection.
            long quietNs = System.nanoTime() + 100_000_000L;
            while (System.nanoTime() < quietNs) {
              member.poll();
            }
          }
          told = List.copyOf(member.received);
          if (kill == kills) {
            assertEquals(0, segment.stop(), segment.output());
          }
        }
      }
      assertTrue(told.size() > IN_FLIGHT * (kills + 2), "told=" + told.size());
      assertNothingIsAttached(plan);
      Tier.ran("kill -9 past the kernel", "kills=" + kills + " messages=" + told.size());
    }
  }

  @Test
  void shouldAllocateNothingForAnOrder() throws IOException {
    int orders = (int) Tier.count(100_000, 1_000_000);
    try (PortSegment plan = new PortSegment(directory).shareDpdk().write("net_af_packet");
        Segment segment =
            plan.box.call(() -> Segment.start(SegmentConfigReader.read(plan.file, directory)));
        Member member = plan.login("NPT1", 1)) {
      Thread gateway = LoadTest.thread("tp-gw-1");
      long urn = 0;
      // The compiler changes its mind a few times, which costs some hundred bytes each.
      for (int quiet = 0, round = 0; quiet < QUIET_ROUNDS && round < MAX_ROUNDS; round++) {
        long before = AllocationMeter.bytesAllocatedBy(gateway);
        urn = LoadTest.cross(member, urn, WARM_UP_ORDERS);
        quiet = AllocationMeter.bytesAllocatedBy(gateway) == before ? quiet + 1 : 0;
      }
      long before = AllocationMeter.bytesAllocatedBy(gateway);
      LoadTest.cross(member, urn, orders);
      long bytes = AllocationMeter.bytesAllocatedBy(gateway) - before;
      Tier.ran("allocation past the kernel", "orders=" + orders + " gateway+publisher=" + bytes);
      assertEquals(0, bytes);
      assertFalse(segment.faults.isStopping());
      assertTrue(counted(segment, "tradepit_port_received_frames") > 0);
      assertTrue(counted(segment, "tradepit_port_sent_frames") > 0);
    }
  }

  /** Of all ports, as a scrape sees it. */
  private static double counted(Segment segment, String name) {
    return segment.counters.collect().stream()
        .filter(family -> family.getMetadata().getName().equals(name))
        .flatMap(family -> family.getDataPoints().stream())
        .mapToDouble(point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue())
        .sum();
  }

  @Test
  void shouldPlayRecordedFlowToTheSameFillsAndBooks() throws Exception {
    play("net_af_packet", "MSFT_2012-06-21_L50_first1000_commands.csv.gz", 35, 920);
    if (Tier.isLong()) {
      for (String driver : DRIVERS) {
        play(driver, "AMZN_2012-06-21_L5_commands.csv.gz", 6_591, 151_108);
      }
    }
  }

  private void play(String driver, String name, int fills, int books) throws Exception {
    Path file = Path.of("..", "..", "shared", "data", name).toAbsolutePath().normalize();
    assumeTrue(Files.isReadable(file), "skipped: there is no " + file);
    Path own = directory.resolve(driver + "-" + name.substring(0, 4));
    try (PortSegment plan = new PortSegment(own).write(driver);
        SegmentProcess segment = plan.start()) {
      ReplayResult result =
          plan.fromMembers(() ->
              Replay.run(
                  new ReplayContext()
                      .file(file)
                      .pace(Pace.max())
                      .gapProbeMs(0)
                      .results(own.resolve("results"))
                      .running(true)
                      .directory(own)
                      .config(plan.memberFile)
                      .user("NPT1")));
      assertTrue(result.ok(), String.join("\n", result.lines()));
      assertEquals(fills, result.figure("fillsExact"));
      assertEquals(books, result.figure("booksEqual"));
      assertEquals(0, segment.stop(), segment.output());
      Tier.ran(
          "recorded flow past the kernel",
          "driver=%s file=%s fillsExact=%d booksEqual=%d"
              .formatted(driver, name.substring(0, 4), fills, books));
    }
  }

  @Test
  void shouldServeHundredsOfSessionsAtOnce() throws Exception {
    int sessions = (int) Tier.count(40, 500);
    int orders = (int) Tier.count(20, 200);
    PortSegment made = new PortSegment(directory);
    made.moreSessions = sessions;
    try (PortSegment plan = made.write("net_af_packet");
        SegmentProcess segment = plan.start()) {
      List<Member> members = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        members.add(plan.login("M" + i, 1));
        pollAll(members);
      }
      for (int urn = 1; urn <= orders; urn++) {
        for (int i = 0; i < sessions; i++) {
          members.get(i).send(OuchBytes.enter(urn, 'B', 1 + i, "BIRCH", PRICE));
        }
        pollAll(members);
      }
      for (int i = 0; i < sessions; i++) {
        Member member = members.get(i);
        member.awaitMessages(1 + orders);
        assertStreamOf(member, orders, 1 + i);
      }
      for (Member member : members) {
        member.close();
      }
      assertEquals(0, segment.stop(), segment.output());
      Tier.ran("sessions past the kernel", "sessions=" + sessions + " orders=" + sessions * orders);
    }
  }

  private static void pollAll(List<Member> members) throws IOException {
    for (Member member : members) {
      member.poll();
    }
  }

  // One answer for each order, in their order, and nothing of another session.
  private static void assertStreamOf(Member member, int orders, int quantity) {
    assertEquals(1 + orders, member.received.size());
    for (int urn = 1; urn <= orders; urn++) {
      ByteBuffer accepted = ByteBuffer.wrap(member.received.get(urn));
      assertEquals('A', accepted.get(0));
      assertEquals(urn, accepted.getInt(9));
      assertEquals(quantity, accepted.getInt(14));
    }
  }
}
