package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A segment is killed under load and started again: what a member was told stays true, byte for
 * byte.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KillTest {
  private static final int ORDERS_IN_FLIGHT = 200;
  private static final int REPLAYED_EACH_TIME = 20_000;

  @TempDir Path directory;

  /** One session over all lives of the segment. */
  private static final class Life {
    private final String username;
    private final List<byte[]> told = new ArrayList<>();
    private long userRefNum;
    private Member member;
    private int known;

    private Life(String username) {
      this.username = username;
    }

    /**
     * Logs in so that the newest of what was told comes again; the last login asks for all of it.
     */
    private void login(TestSegment plan, int again) throws IOException {
      int from = Math.max(0, told.size() - again);
      member = plan.login(username, from + 1);
      assertEquals(from + 1, member.acceptedSequence());
      member.awaitMessages(told.size() - from);
      for (int i = from; i < told.size(); i++) {
        assertArrayEquals(
            told.get(i), member.received.get(i - from), username + " message " + (i + 1));
      }
      known = from;
    }

    private void trade(Random random) throws IOException {
      for (int i = 0;
          i < 20 && userRefNum < known + member.received.size() + ORDERS_IN_FLIGHT;
          i++) {
        char side = random.nextBoolean() ? 'B' : 'S';
        long price = 1_000_000 + 100L * (random.nextInt(21) - 10);
        char timeInForce = random.nextInt(4) == 0 ? '3' : '0';
        member.send(
            OuchBytes.enter(
                ++userRefNum, side, 1 + random.nextInt(100), "ALDER", price, timeInForce));
        if (random.nextInt(3) == 0) {
          member.send(OuchBytes.cancel(1 + random.nextInt((int) userRefNum), 0));
        }
      }
      member.poll();
    }

    private void remember() {
      told.subList(known, told.size()).clear();
      told.addAll(member.received);
    }
  }

  @Test
  void shouldKeepEveryAnswerAndTheFeedWhenTheSegmentIsKilledUnderLoad() throws Exception {
    int kills = (int) Tier.count(3, 200);
    long seed = Tier.seed(1);
    Random random = new Random(seed);
    TestSegment plan = new TestSegment(directory).recovering();
    plan.snapshots = "{replica: on, everyS: 1, keep: 2}";
    plan.write();
    List<Life> lives = List.of(new Life("NPT1"), new Life("SPT1"));
    Restarts restarts = new Restarts(directory.resolve("data/recovery.json"));
    long messages = 0;
    try (FeedCapture feed = new FeedCapture(plan.lineA)) {
      for (int kill = 0; kill < kills; kill++) {
        try (SegmentProcess process = SegmentProcess.start(plan)) {
          restarts.take(kill, process);
          for (Life life : lives) {
            life.login(plan, REPLAYED_EACH_TIME);
          }
          tradeUntilKilled(process, lives, feed, random);
          lives.forEach(Life::remember);
        }
      }
      try (SegmentProcess process = SegmentProcess.start(plan)) {
        restarts.take(kills, process);
        for (Life life : lives) {
          life.login(plan, Integer.MAX_VALUE);
          assertNothingDoubled(life.member.received);
          messages += life.member.received.size();
        }
        long carried = feed.count();
        long published = feed.requestAll(plan.retransmission);
        restarts.print("feedMessages=" + published + " carriedByLineA=" + carried);
        assertEquals(0, process.stop(), process.output());
      }
    }
    assertTrue(messages > 1_000L * kills, "messages=" + messages);
    Tier.ran(
        "segment kill -9 under load", "kills=" + kills + " seed=" + seed + " messages=" + messages);
  }

  private static void tradeUntilKilled(
      SegmentProcess process, List<Life> lives, FeedCapture feed, Random random)
      throws IOException {
    // Long enough for a snapshot at times.
    long killAt = System.nanoTime() + (100 + random.nextInt(1_400)) * 1_000_000L;
    while (System.nanoTime() < killAt) {
      for (Life life : lives) {
        life.trade(random);
      }
      feed.poll();
    }
    process.kill();
    // What the kernel holds was answered before the kill.
    for (Life life : lives) {
      while (life.member.poll()) {
        Thread.onSpinWait();
      }
    }
    feed.poll();
  }

  // No order is accepted twice, no execution reported twice.
  private static void assertNothingDoubled(List<byte[]> stream) {
    Set<Long> accepted = new HashSet<>();
    Set<Long> matches = new HashSet<>();
    for (byte[] message : stream) {
      ByteBuffer bytes = ByteBuffer.wrap(message);
      if (message[0] == 'A') {
        assertTrue(accepted.add((long) bytes.getInt(9)), "userRefNum=" + bytes.getInt(9));
      } else if (message[0] == 'E') {
        // A member that trades with itself hears of a match twice: once for each order.
        assertTrue(matches.add(bytes.getLong(26) << 32 | bytes.getInt(9)));
      }
    }
    assertTrue(!accepted.isEmpty() && !matches.isEmpty());
  }
}
