package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.matching.book.BookDepth;
import io.tradepit.protocol.itch.ItchBookBuilder;
import io.tradepit.tools.book.SegmentBooks;
import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.tools.client.Login;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

  /** With the password of its session, while orders go on; also behind a restart. */
  @Test
  void shouldGiveALateReceiverTheBooks() throws IOException {
    TestSegment plan = new TestSegment(directory).recovering().write();
    long snapshotOrders;
    try (Segment segment = start(plan)) {
      enter(plan, 1, ORDERS);
      snapshotOrders = join(plan, segment, ORDERS);
      assertFalse(segment.faults.isStopping());
    }
    try (Segment segment = start(plan)) {
      snapshotOrders += join(plan, segment, ORDERS + 10);
    }
    Tier.ran("glimpse of a live segment", "ordersOfSpins=" + snapshotOrders);
  }

  private static long join(TestSegment plan, Segment segment, int resting) throws IOException {
    ItchBookBuilder book = new ItchBookBuilder();
    FeedReceiverContext context =
        new FeedReceiverContext()
            .feed(segment.config.feed())
            .snapshot(plan.glimpse, Login.fromTheFirst("SPT1", plan.logins().get("SPT1")))
            .messages(book);
    try (FeedReceiver receiver = FeedReceiver.open(context)) {
      await(receiver, () -> book.orderCount() >= resting);
      long ordersOfSpin = book.orderCount();
      enter(plan, resting + 1, 10);
      await(receiver, () -> book.orderCount() == resting + 10);
      assertEquals(segment.day.matcher.ordersInUse(), book.orderCount());
      assertEquals(0, book.unknownReferences());
      assertEquals(0, receiver.gaps());
      assertLevels(segment, book);
      return ordersOfSpin;
    }
  }

  private static void await(FeedReceiver receiver, BooleanSupplier done) {
    long deadlineNs = System.nanoTime() + 20_000_000_000L;
    while (!done.getAsBoolean()) {
      if (receiver.poll(64) == 0) {
        LockSupport.parkNanos(100_000);
      }
      assertTrue(System.nanoTime() < deadlineNs, "next=" + receiver.nextSequenceNumber());
    }
  }

  private static void assertLevels(Segment segment, ItchBookBuilder book) {
    try (SegmentBooks books =
        SegmentBooks.open(SegmentPaths.of(segment.config).state()).orElseThrow()) {
      BookDepth depth = new BookDepth(2 * ORDERS);
      assertEquals(SegmentBooks.Look.WHOLE, books.look(books.find("ALDER"), depth));
      assertEquals(depth.bids().count(), book.bids(1).size());
      for (int i = 0; i < depth.bids().count(); i++) {
        assertEquals(depth.bids().quantity(i), book.bids(1).get(depth.bids().price(i)));
      }
    }
  }

  @Test
  void shouldRefuseASnapshotToAWrongPassword() throws IOException {
    TestSegment plan = new TestSegment(directory).recovering().write();
    try (Segment segment = start(plan);
        FeedReceiver receiver =
            FeedReceiver.open(
                new FeedReceiverContext()
                    .feed(segment.config.feed())
                    .snapshot(plan.glimpse, Login.fromTheFirst("SPT1", "wrong"))
                    .messages(new ItchBookBuilder()))) {
      StartException refused =
          assertThrows(StartException.class, () -> await(receiver, () -> false));
      assertTrue(
          refused.getMessage().endsWith("user=SPT1 cause=login rejected, reason A"),
          refused.getMessage());
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
