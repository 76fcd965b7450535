package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.ConfigException;
import io.tradepit.config.StartException;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Open orders of a session that stays away, on a whole segment over TCP. */
@Timeout(120)
class CancelOnDisconnectTest {
  private static final long PRICE = 1_000_000;
  private static final int TIME_AT = 1;
  private static final int USER_REF_NUM_AT = 9;
  private static final int REASON_AT = 17;
  private static final int START_OF_DAY = 1;

  @TempDir Path directory;

  private TestSegment plan(String grace) throws IOException {
    return plan(grace, grace);
  }

  private TestSegment plan(String grace, String graceOfTheOther) throws IOException {
    TestSegment plan = new TestSegment(directory);
    plan.cancelOnDisconnect = grace;
    plan.cancelOnDisconnectOfNpt2 = graceOfTheOther;
    return plan.write();
  }

  /** Three orders that rest; the answers are read. */
  private static void rest(Member member) throws IOException {
    for (int urn = 1; urn <= 3; urn++) {
      member.send(OuchBytes.enter(urn, 'B', 10 * urn, "ALDER", PRICE - 100L * urn));
    }
    member.awaitMessages(START_OF_DAY + 3);
    assertEquals("SAAA", SegmentTest.types(member.received));
  }

  private static void assertAllCanceled(List<byte[]> stream) {
    assertEquals("SAAACCC", SegmentTest.types(stream));
    for (int i = 0; i < 3; i++) {
      ByteBuffer canceled = ByteBuffer.wrap(stream.get(START_OF_DAY + 3 + i));
      assertEquals(i + 1, canceled.getInt(USER_REF_NUM_AT), "oldest first");
      assertEquals('Z', canceled.get(REASON_AT));
    }
  }

  /** Waits until nothing of a session is open; the matcher's thread goes on meanwhile. */
  private static void awaitNoneOpen(Segment segment) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (segment.day.matcher.ordersInUse() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertEquals(0, segment.day.matcher.ordersInUse());
  }

  @Test
  void shouldCancelWhenThePeerHasClosed() throws Exception {
    TestSegment plan = plan("200ms");
    try (Feed feed = Feed.join(plan.lineA);
        Segment segment = SegmentTest.start(plan)) {
      try (Member member = plan.login("NPT1", 1)) {
        rest(member);
      }
      awaitNoneOpen(segment);
      try (Member again = plan.login("NPT1", 1)) {
        again.awaitMessages(START_OF_DAY + 6);
        assertAllCanceled(again.received);
        long away =
            ByteBuffer.wrap(again.received.get(START_OF_DAY + 3)).getLong(TIME_AT)
                - ByteBuffer.wrap(again.received.get(START_OF_DAY + 2)).getLong(TIME_AT);
        assertTrue(away >= 200_000_000, "away=" + away);
        Tier.ran("cancel on disconnect", "graceMs=200 canceledAfterMs=" + away / 1_000_000);
      }
      feed.awaitMessages("SRHRHSS".length() + 6);
      assertTrue(SegmentTest.types(feed.received).endsWith("AAADDD"));
    }
  }

  @Test
  void shouldCancelAtOnceWithoutAGraceTimeAlsoOnLogout() throws Exception {
    TestSegment plan = plan("0s");
    try (Segment segment = SegmentTest.start(plan)) {
      try (Member member = plan.login("NPT1", 1)) {
        rest(member);
        member.logout();
        awaitNoneOpen(segment);
      }
      try (Member again = plan.login("NPT1", 1)) {
        again.awaitMessages(START_OF_DAY + 6);
        assertAllCanceled(again.received);
      }
    }
  }

  @Test
  void shouldCancelWhenThePeerIsSilent() throws Exception {
    TestSegment plan = plan("100ms");
    try (Segment segment = SegmentTest.start(plan);
        Socket silent = new Socket()) {
      silent.connect(plan.orderEntry);
      ExpandableArrayBuffer login = new ExpandableArrayBuffer(128);
      String password = plan.logins().get("NPT1");
      int length = SoupBinEncoder.loginRequest(login, 0, "NPT1", password, "", 1, 1_000);
      silent.getOutputStream().write(login.byteArray(), 0, length);
      ByteBuffer order = OuchBytes.enter(1, 'B', 10, "ALDER", PRICE);
      ByteBuffer packet = ByteBuffer.allocate(3 + order.remaining());
      packet.putShort((short) (1 + order.remaining())).put((byte) 'U').put(order);
      awaitConnected(segment);
      silent.getOutputStream().write(packet.array());
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (segment.day.matcher.ordersInUse() == 0 && System.nanoTime() < deadline) {
        Thread.sleep(1);
      }
      assertEquals(1, segment.day.matcher.ordersInUse());
      awaitNoneOpen(segment);
      try (Member again = plan.login("NPT1", 1)) {
        again.awaitMessages(START_OF_DAY + 2);
        assertEquals("SAC", SegmentTest.types(again.received));
        assertEquals('Z', again.received.getLast()[REASON_AT]);
      }
    }
  }

  private static void awaitConnected(Segment segment) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!segment.day.matcher.isSessionConnected(0) && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    assertTrue(segment.day.matcher.isSessionConnected(0));
  }

  @Test
  void shouldKeepTheOrdersOfWhoIsBackWithinTheGraceTime() throws Exception {
    TestSegment plan = plan("4s");
    try (Segment segment = SegmentTest.start(plan)) {
      try (Member member = plan.login("NPT1", 1);
          Member other = plan.login("NPT2", 1)) {
        rest(member);
        other.send(OuchBytes.enter(1, 'B', 1, "BIRCH", PRICE));
        other.awaitMessages(START_OF_DAY + 1);
      }
      try (Member again = plan.login("NPT1", 1)) {
        // The other one did not come back at the same time: when its order is gone, ours would be.
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (segment.day.matcher.ordersInUse() > 3 && System.nanoTime() < deadline) {
          again.poll();
          Thread.sleep(5);
        }
        assertEquals(3, segment.day.matcher.ordersInUse());
        again.send(OuchBytes.cancel(2, 0));
        again.awaitMessages(START_OF_DAY + 4);
        assertEquals("SAAAC", SegmentTest.types(again.received));
        assertEquals('U', again.received.getLast()[REASON_AT]);
      }
    }
  }

  @Test
  void shouldLetTheGraceTimeRunFromTheRestartAfterAKill() throws Exception {
    TestSegment plan = plan("2m", "1s");
    try (SegmentProcess process = SegmentProcess.start(plan);
        Member back = plan.login("NPT1", 1);
        Member away = plan.login("NPT2", 1);
        Member without = plan.login("SPT1", 1)) {
      rest(back);
      rest(away);
      rest(without);
      process.kill();
    }
    // More than the grace time: it does not run while the venue is down.
    Thread.sleep(1_100);
    long restartNs = LocalTime.now(ZoneOffset.UTC).toNanoOfDay();
    try (SegmentProcess process = SegmentProcess.start(plan);
        Member back = plan.login("NPT1", 1)) {
      Thread.sleep(2_000);
      try (Member away = plan.login("NPT2", 1);
          Member without = plan.login("SPT1", 1)) {
        away.awaitMessages(START_OF_DAY + 6);
        assertAllCanceled(away.received);
        long canceledNs = ByteBuffer.wrap(away.received.getLast()).getLong(TIME_AT);
        long afterNs = canceledNs - restartNs;
        assertTrue(afterNs >= 1_000_000_000L || afterNs < 0, "afterNs=" + afterNs);
        for (Member member : List.of(back, without)) {
          member.send(OuchBytes.cancel(1, 0));
          member.awaitMessages(START_OF_DAY + 4);
          assertEquals("SAAAC", SegmentTest.types(member.received));
          assertEquals('U', member.received.getLast()[REASON_AT]);
        }
        Tier.ran(
            "cancel on disconnect", "graceMs=1000 canceledAfterRestartMs=" + afterNs / 1_000_000);
      }
      assertEquals(0, process.stop(), process.output());
    }
  }

  @Test
  void shouldRefuseAnotherGraceTimeOnADayThatIsOpen() throws Exception {
    try (Segment segment = SegmentTest.start(plan("5s"))) {
      assertTrue(segment.day.matcher.isDayOpen());
    }
    TestSegment other = plan("6s");
    StartException refused =
        Assertions.assertThrows(StartException.class, () -> SegmentTest.start(other).close());
    assertTrue(
        refused
            .getMessage()
            .endsWith("session NPT1 differs from what the trading day was opened with"),
        refused.getMessage());
    TestSegment broken = plan("soon");
    ConfigException wrong =
        Assertions.assertThrows(ConfigException.class, () -> SegmentTest.start(broken).close());
    assertTrue(
        wrong.getMessage().contains("sessions[0].cancelOnDisconnect=soon"), wrong.toString());
  }
}
