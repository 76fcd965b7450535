package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.SegmentConfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A live segment brings receivers back that lost something or came late. */
@Timeout(60)
class FeedRecoveryTest {
  private static final int PRICE = 1_000_000;
  private static final int ORDERS = 500;

  @TempDir Path directory;

  private static Segment start(TestSegment plan) {
    return Segment.start(SegmentConfigReader.read(plan.file, plan.directory));
  }

  /** nassau's client asks for what came before it, from the first message on. */
  @Test
  void shouldFillWhatALateReceiverMissedAlsoAfterARestart() throws IOException {
    TestSegment plan = new TestSegment(directory).recovering().write();
    List<byte[]> before;
    try (Segment segment = start(plan);
        Feed whole = Feed.join(plan.lineA, plan.retransmission)) {
      enter(plan, 1, ORDERS);
      try (Feed late = Feed.join(plan.lineB, plan.retransmission)) {
        enter(plan, ORDERS + 1, 10);
        late.awaitMessages(7 + ORDERS + 10);
        whole.awaitMessages(7 + ORDERS + 10);
        assertEqual(whole.received, late.received);
      }
      before = List.copyOf(whole.received);
      assertTrue(segment.feedRecovery.isPresent());
    }
    try (Segment segment = start(plan);
        Feed again = Feed.join(plan.lineA, plan.retransmission)) {
      assertTrue(segment.day.journal.isContinued());
      enter(plan, ORDERS + 11, 10);
      again.awaitMessages(before.size() + 10);
      assertEqual(before, again.received.subList(0, before.size()));
      Tier.ran(
          "retransmission of a live segment",
          "messages=" + again.received.size() + " firstHeard=" + again.firstSequence());
    }
  }

  private static void enter(TestSegment plan, int firstUrn, int orders) throws IOException {
    try (Member member = plan.login("NPT1", 1)) {
      for (int urn = firstUrn; urn < firstUrn + orders; urn++) {
        member.send(OuchBytes.enter(urn, 'B', 10, "ALDER", PRICE - urn * 100));
      }
      member.awaitMessages(1 + firstUrn - 1 + orders);
    }
  }

  private static void assertEqual(List<byte[]> expected, List<byte[]> received) {
    assertEquals(expected.size(), received.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), received.get(i), "message=" + (i + 1));
    }
  }
}
