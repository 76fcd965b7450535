package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50;
import io.tradepit.Tier;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.sequencer.SequencerAgent;
import io.tradepit.sequencer.SequencerContext;
import io.tradepit.telemetry.CounterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole segment on real Aeron, Chronicle Map and Netty, met by clients that are not ours. */
@Timeout(120)
class SegmentTest {
  private static final long PRICE = 1_000_000; // 100.0000

  @TempDir Path directory;

  @Test
  void shouldTradeCutAndReplayWithNassau() throws IOException {
    TestSegment plan = new TestSegment(directory).write();
    try (Feed lineA = Feed.join(plan.lineA);
        Feed lineB = Feed.join(plan.lineB);
        Segment segment = start(plan)) {
      assertFalse(segment.faults.isStopping());
      List<byte[]> buyerStream;
      try (Member buyer = plan.login("NPT1", 1);
          Member seller = plan.login("SPT1", 1)) {
        assertEquals(1, buyer.acceptedSequence());
        buyer.send(OuchBytes.enter(1, 'B', 500, "ALDER", PRICE));
        buyer.awaitMessages(2);
        seller.send(OuchBytes.enter(1, 'S', 200, "ALDER", PRICE, '3'));
        seller.awaitMessages(3);
        buyer.awaitMessages(3);
        buyer.send(OuchBytes.replace(1, 2, 500, PRICE - 100));
        buyer.awaitMessages(4);
        buyer.send(OuchBytes.cancel(2, 0));
        buyer.awaitMessages(5);
        assertEquals("SAEUC", types(buyer.received));
        assertEquals("SAE", types(seller.received));
        assertEquals(300, quantityOfReplaced(buyer.received.get(3)), "500 - 200 executed");
        buyerStream = List.copyOf(buyer.received);
      }
      for (int from = 1; from <= buyerStream.size(); from++) {
        try (Member again = plan.login("NPT1", from)) {
          assertEquals(from, again.acceptedSequence());
          again.awaitMessages(buyerStream.size() - from + 1);
          assertStream(buyerStream.subList(from - 1, buyerStream.size()), again.received);
        }
      }
      String startOfDay = "SRHRHSS";
      lineA.awaitMessages(startOfDay.length() + 4);
      lineB.awaitMessages(startOfDay.length() + 4);
      assertEquals(startOfDay + "AEUD", types(lineA.received));
      assertStream(lineA.received, lineB.received);
      lineA.received.forEach(SegmentTest::assertJunctureGivesTheSameBytes);
      Tier.ran(
          "segment with nassau",
          "sequencedMessages="
              + buyerStream.size()
              + " replays="
              + buyerStream.size()
              + " feedMessages="
              + lineA.received.size());
    }
  }

  @Test
  void shouldServeTheSameStreamsAfterAStopAndAStart() throws IOException {
    TestSegment plan = new TestSegment(directory).write();
    List<byte[]> stream;
    try (Segment segment = start(plan)) {
      assertFalse(segment.day.journal.isContinued());
      try (Member member = plan.login("NPT1", 1)) {
        for (int urn = 1; urn <= 100; urn++) {
          member.send(OuchBytes.enter(urn, urn % 2 == 0 ? 'B' : 'S', 10, "BIRCH", PRICE));
        }
        member.awaitMessages(1 + 100 + 100);
        stream = List.copyOf(member.received);
      }
    }
    try (Segment segment = start(plan)) {
      assertTrue(segment.day.journal.isContinued());
      assertEquals(RecoveryWay.SNAPSHOT, segment.day.recovery.way());
      assertEquals(0, segment.day.recovery.commands());
      try (Member member = plan.login("NPT1", 1)) {
        member.awaitMessages(stream.size());
        assertStream(stream, member.received);
        member.send(OuchBytes.enter(101, 'B', 10, "BIRCH", PRICE));
        member.awaitMessages(stream.size() + 1);
        assertEquals('A', member.received.getLast()[0]);
      }
    }
  }

  @Test
  void shouldSaveAtTheStopWhatWasLoggedAndNotYetMatched() throws IOException {
    TestSegment plan = new TestSegment(directory).write();
    long logged;
    try (Segment segment = start(plan)) {
      segment.threads.close();
      OneToOneRingBuffer ring =
          new OneToOneRingBuffer(
              new UnsafeBuffer(
                  ByteBuffer.allocateDirect(1024 + RingBufferDescriptor.TRAILER_LENGTH)));
      assertTrue(new MarkCommands(ring).mark());
      logged = segment.day.matcher.lastSequence() + 1;
      assertEquals(1, sequencer(segment, ring).doWork());
      assertEquals(logged - 1, segment.day.matcher.lastSequence());
    }
    try (Segment segment = start(plan)) {
      assertEquals(RecoveryWay.SNAPSHOT, segment.day.recovery.way());
      assertEquals(0, segment.day.recovery.commands());
      assertTrue(segment.day.matcher.lastSequence() >= logged);
    }
  }

  private static SequencerAgent sequencer(Segment segment, OneToOneRingBuffer ring) {
    int source = SequencerAgent.SEGMENT;
    return new SequencerAgent(
        new SequencerContext()
            .log(segment.day.log)
            .clock(segment.clock)
            .counters(new CounterRegistry())
            .rings(ring)
            .deadline(segment.day.timers)
            .lastLogged(segment.day.matcher.lastSequence(), 0)
            .lastSegmentSequence(segment.day.matcher.gatewaySequence(source))
            .conclude());
  }

  @Test
  void shouldLetTheNewestLoginTakeTheSession() throws IOException {
    TestSegment plan = new TestSegment(directory).write();
    try (Segment segment = start(plan);
        Member old = plan.login("NPT1", 1);
        Member newer = plan.login("NPT1", 1)) {
      assertFalse(segment.faults.isStopping());
      old.await(() -> !pollOpen(old));
      newer.send(OuchBytes.enter(1, 'B', 1, "ALDER", PRICE));
      newer.awaitMessages(2);
      assertEquals("SA", types(newer.received));
    }
  }

  @Test
  void shouldRejectAWrongPasswordAndAnUnknownUser() throws IOException {
    TestSegment plan = new TestSegment(directory).write();
    try (Segment segment = start(plan);
        Member wrong = Member.login(plan.orderEntry, "NPT1", "nonsense", 1);
        Member unknown = Member.login(plan.orderEntry, "NOONE", "nonsense", 1)) {
      assertFalse(segment.faults.isStopping());
      assertEquals('A', wrong.rejected());
      assertEquals('A', unknown.rejected());
    }
  }

  @Test
  void shouldEndTheSessionsAndTheFeedWhenTheDayCloses() throws Exception {
    TestSegment plan = new TestSegment(directory).write();
    try (Feed feed = Feed.join(plan.lineA);
        Segment segment = start(plan);
        Member member = plan.login("NPT1", 1)) {
      assertFalse(segment.faults.isStopping());
      member.send(OuchBytes.enter(1, 'B', 5, "ALDER", PRICE));
      member.awaitMessages(2);
      String answer = admin(plan, "day", "close");
      member.await(member::isEnded);
      assertEquals("SACS", types(member.received), answer);
      assertEquals('E', member.received.get(2)[17], "market closed");
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (!feed.isEnded() && System.nanoTime() < deadline) {
        feed.poll();
      }
      assertTrue(feed.isEnded());
      assertTrue(types(feed.received).endsWith("SDSS"), types(feed.received));
    }
    try (Segment next = start(plan)) {
      assertEquals(2, next.day.journal.day());
      try (Member member = plan.login("NPT1", 1)) {
        member.awaitMessages(1);
        assertEquals("S", types(member.received));
      }
    }
  }

  static Segment start(TestSegment plan) {
    return Segment.start(SegmentConfigReader.read(plan.file, plan.directory));
  }

  static String admin(TestSegment plan, String... verb) {
    return admin(plan.directory, verb);
  }

  static String admin(Path directory, String... verb) {
    java.io.StringWriter out = new java.io.StringWriter();
    picocli.CommandLine command =
        io.tradepit.cli.TradepitCommand.commandLine((config, stream) -> 0, text -> text);
    command.setOut(new java.io.PrintWriter(out, true));
    String[] words = new String[verb.length + 2];
    System.arraycopy(verb, 0, words, 0, verb.length);
    words[verb.length] = "--dir";
    words[verb.length + 1] = directory.toString();
    int code = command.execute(words);
    assertEquals(0, code, out.toString());
    return out.toString();
  }

  private static boolean pollOpen(Member member) {
    try {
      return member.poll();
    } catch (IOException e) {
      return false;
    }
  }

  static String types(List<byte[]> messages) {
    return messages.stream()
        .map(message -> String.valueOf((char) message[0]))
        .collect(Collectors.joining());
  }

  static void assertStream(List<byte[]> expected, List<byte[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "message " + (i + 1));
    }
  }

  private static int quantityOfReplaced(byte[] replaced) {
    return ByteBuffer.wrap(replaced).getInt(18);
  }

  private static void assertJunctureGivesTheSameBytes(byte[] message) {
    ITCH50.Message parsed =
        switch ((char) message[0]) {
          case 'S' -> new ITCH50.SystemEvent();
          case 'R' -> new ITCH50.StockDirectory();
          case 'H' -> new ITCH50.StockTradingAction();
          case 'A' -> new ITCH50.AddOrder();
          case 'E' -> new ITCH50.OrderExecuted();
          case 'X' -> new ITCH50.OrderCancel();
          case 'D' -> new ITCH50.OrderDelete();
          case 'U' -> new ITCH50.OrderReplace();
          default -> throw new AssertionError("type=" + (char) message[0]);
        };
    ByteBuffer in = ByteBuffer.wrap(message);
    in.get();
    parsed.get(in);
    assertFalse(in.hasRemaining());
    ByteBuffer out = ByteBuffer.allocate(message.length);
    parsed.put(out);
    assertArrayEquals(message, out.array());
  }
}
