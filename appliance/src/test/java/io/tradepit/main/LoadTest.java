package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A segment under load over real sockets: all roles on one thread, slow members, allocation of
 * whole threads.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LoadTest {
  private static final long PRICE = 1_000_000;
  private static final int BATCH = 1_000;

  // Netty describes each receive and each send to io_uring by an object of 48 bytes, which the JIT
  // mostly keeps off the heap; alone on a machine that is 0 an order, beside other load up to one
  // of each. Code of ours allocates nothing: GatewayAllocationTest, without Netty, reads zero.
  private static final long NETTY_BYTES = 2 * 48;

  private static final String ONE_THREAD =
      """

        - {name: tp-all, roles: [gateway-1, sequencer, recorder, matcher, publisher, admin], core: any, idle: backoff}
        - {name: tp-media, roles: [media], core: any, idle: backoff}
      """;

  @TempDir Path directory;

  @Test
  void shouldCancelAllOfAMillionOrdersWithAllRolesOnOneThread() throws Exception {
    int orders = (int) Tier.count(200_000, 1_000_000);
    TestSegment plan = new TestSegment(directory);
    plan.threads = ONE_THREAD;
    plan.orders = 1 << 20;
    plan.openOrdersOfSession = 1 << 20;
    plan.write();
    try (Segment segment = SegmentTest.start(plan);
        Member member = plan.login("NPT1", 1)) {
      assertFalse(segment.faults.isStopping());
      enterResting(member, orders);
      long started = System.nanoTime();
      CompletableFuture<Long> answered =
          CompletableFuture.supplyAsync(() -> {
            String answer = SegmentTest.admin(plan, "session", "cancel-all", "NPT1");
            assertTrue(answer.contains(String.valueOf(orders)), answer);
            return (System.nanoTime() - started) / 1_000_000;
          });
      // A member that did not read meanwhile would be cut.
      member.await(() -> member.received.size() >= 1 + 2 * orders, Duration.ofMinutes(2));
      long answeredMs = answered.get();
      long toldMs = (System.nanoTime() - started) / 1_000_000;
      assertEquals(0, segment.day.matcher.ordersInUse());
      Tier.ran(
          "cancel-all, all roles on one thread",
          "orders=" + orders + " answeredMs=" + answeredMs + " memberToldMs=" + toldMs);
    }
  }

  @Test
  void shouldCutAMemberThatReadsTooSlowlyAndServeItsStreamOnReturn() throws Exception {
    int orders = 1_000_000; // more answers than its limit and the kernel's buffers hold
    TestSegment plan = new TestSegment(directory).write();
    try (Segment segment = SegmentTest.start(plan);
        Member slow = plan.login("NPT1", 1);
        Member other = plan.login("SPT1", 1)) {
      long urn = 0;
      boolean cut = false;
      while (urn < orders && !cut) {
        cut = !sendUnread(slow, ++urn);
        other.poll();
      }
      assertTrue(cut, "a member that never reads is cut");
      // The other one is served all the while.
      other.send(OuchBytes.enter(1, 'B', 1, "BIRCH", PRICE));
      other.awaitMessages(2);
      long sessionMessages = segment.day.matcher.sessionMessages(0);
      try (Member again = plan.login("NPT1", 1)) {
        again.await(() -> again.received.size() >= segment.day.matcher.sessionMessages(0));
        assertTrue(again.received.size() >= sessionMessages);
        assertEquals('S', again.received.getFirst()[0]);
        assertEquals(1, countOf(again.received, 'S'));
      }
      Tier.ran("slow member", "ordersUntilCut=" + urn + " messages=" + sessionMessages);
    }
  }

  @Test
  void shouldReplayAMillionCommandsToTheSameEventBytes() throws Exception {
    int orders = (int) Tier.count(1_000_000, 3_000_000);
    TestSegment plan = new TestSegment(directory);
    plan.snapshots = "{replica: off}"; // a start would begin at the one of the stop
    plan.write();
    long hash;
    try (Segment segment = SegmentTest.start(plan);
        Member member = plan.login("NPT1", 1)) {
      long urn = cross(member, 0, orders - 1_000);
      for (int i = 1; i <= 1_000; i++) {
        member.send(OuchBytes.enter(++urn, 'B', i, "ALDER", PRICE - 100L * (i % 50)));
      }
      long expected = segment.day.matcher.sessionMessages(0);
      assertTrue(expected >= orders);
      member.await(() -> segment.day.matcher.ordersInUse() == 1_000);
      hash = segment.day.matcher.stateHash();
    }
    try (Segment segment = SegmentTest.start(plan)) {
      assertTrue(segment.day.recovery.commands() >= orders);
      assertTrue(segment.day.recovery.framesCompared() >= orders);
      assertEquals(1_000, segment.day.matcher.ordersInUse());
      Tier.ran(
          "replay equals the live run",
          "commands=%d framesEqual=%d ms=%d stateHash=%x"
              .formatted(
                  segment.day.recovery.commands(),
                  segment.day.recovery.framesCompared(),
                  segment.day.recovery.replayNs() / 1_000_000,
                  hash));
    }
  }

  @Test
  void shouldAllocateNothingForAnOrderOnTheThreadsOfASegment() throws Exception {
    int orders = (int) Tier.count(300_000, 1_000_000);
    TestSegment plan = new TestSegment(directory).write();
    try (Segment segment = SegmentTest.start(plan);
        Member member = plan.login("NPT1", 1)) {
      assertFalse(segment.faults.isStopping());
      long urn = cross(member, 0, orders);
      Thread gateway = thread("tp-gw-1");
      Thread matcher = thread("tp-seq");
      long gatewayBefore = AllocationMeter.bytesAllocatedBy(gateway);
      long matcherBefore = AllocationMeter.bytesAllocatedBy(matcher);
      cross(member, urn, orders);
      long gatewayBytes = AllocationMeter.bytesAllocatedBy(gateway) - gatewayBefore;
      long matcherBytes = AllocationMeter.bytesAllocatedBy(matcher) - matcherBefore;
      Tier.ran(
          "allocation of live threads",
          "orders=%d sequencer+matcher=%d gateway+publisher+Netty=%d (%.2f an order)"
              .formatted(orders, matcherBytes, gatewayBytes, (double) gatewayBytes / orders));
      assertEquals(0, matcherBytes);
      assertTrue(gatewayBytes <= NETTY_BYTES * orders, "gatewayBytes=" + gatewayBytes);
    }
  }

  private static void enterResting(Member member, int orders) throws IOException {
    for (int urn = 1; urn <= orders; urn++) {
      member.send(OuchBytes.enter(urn, 'B', 10, "ALDER", PRICE - 100L * (urn % 5_000)));
      if (urn % BATCH == 0) {
        member.awaitMessages(1 + urn);
      }
    }
    member.awaitMessages(1 + orders);
  }

  // Pairs that match at once; the answers are read and forgotten.
  static long cross(Member member, long lastUrn, int orders) throws IOException {
    long urn = lastUrn;
    for (int i = 0; i < orders; i += 2) {
      member.send(OuchBytes.enter(++urn, 'B', 10, "ALDER", PRICE));
      member.send(OuchBytes.enter(++urn, 'S', 10, "ALDER", PRICE));
      if (urn % BATCH == 0) {
        long expected = 1 + 2 * urn;
        long seen = member.seen();
        member.await(() -> seen + member.received.size() >= expected);
        member.forget();
      }
    }
    return urn;
  }

  private static boolean sendUnread(Member member, long urn) {
    try {
      member.sendUnread(OuchBytes.enter(urn, 'B', 1, "ALDER", PRICE, '3'));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static long countOf(List<byte[]> messages, char type) {
    return messages.stream().filter(message -> message[0] == type).count();
  }

  static Thread thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
