package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.config.SegmentConfigReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many orders and many sessions past the kernel: the long tier. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class PortSegmentLoadTest {
  private static final List<String> DRIVERS = List.of("net_af_packet", "net_af_xdp");
  private static final long PRICE = 250_000;
  private static final int QUIET_ROUNDS = 6;
  private static final int MAX_ROUNDS = 40;
  private static final int WARM_UP_ORDERS = 50_000;
  private static final int ORDERS = 1_000_000;
  private static final int SESSIONS = 500;
  private static final int ORDERS_OF_SESSION = 200;

  @TempDir Path directory;

  @BeforeEach
  void requireTime() {
    assumeTrue(Tier.isLong(), "skipped: the long tier has the time");
  }

  @Test
  void shouldAllocateNothingForAnOrder() throws IOException {
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
      LoadTest.cross(member, urn, ORDERS);
      long bytes = AllocationMeter.bytesAllocatedBy(gateway) - before;
      Tier.ran("allocation past the kernel", "orders=" + ORDERS + " gateway+publisher=" + bytes);
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
  void shouldPlayTheWholeDayOfAmazonToTheSameFillsAndBooks() throws Exception {
    RecordedFlow day = RecordedFlow.AMAZON;
    assumeTrue(day.isThere(), "skipped: there is no " + day.file());
    for (String driver : DRIVERS) {
      try (PortSegment plan = new PortSegment(directory.resolve(driver)).write(driver);
          SegmentProcess segment = plan.start()) {
        day.play(plan, "NPT1");
        assertEquals(0, segment.stop(), segment.output());
      }
    }
  }

  @Test
  void shouldServeHundredsOfSessionsAtOnce() throws Exception {
    int sessions = SESSIONS;
    int orders = ORDERS_OF_SESSION;
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
