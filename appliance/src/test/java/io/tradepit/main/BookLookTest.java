package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.matching.book.BookDepth;
import io.tradepit.tools.book.BookTool;
import io.tradepit.tools.book.SegmentBooks;
import io.tradepit.tools.terminal.Glyphs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks from this process at the books of a segment in another one, also after a SIGKILL. */
@Timeout(1_200)
class BookLookTest {
  private static final String ALDER =
      """
       ALDER
       orders   quantity      price  depth
            1        200     100.20  ########################
            1        400     100.10  ################################################
       ---------------- spread 0.10 -------------------------------------------------
            2        350     100.00  ##########################################
            1        100      99.90  ############

      """;

  @TempDir Path directory;

  private final BookDepth depth = new BookDepth(5);

  private Path stateOf(TestSegment plan) {
    return SegmentPaths.of(config(plan)).state();
  }

  private SegmentConfig config(TestSegment plan) {
    return SegmentConfigReader.read(plan.file, directory);
  }

  @Test
  void shouldShowTheBookOfARunningSegmentAndWhatAKilledOneLeft() throws Exception {
    TestSegment plan = new TestSegment(directory).write();
    StartException nothing =
        assertThrows(StartException.class, () -> show(plan, "ALDER", ExitCode.OK));
    assertTrue(nothing.getMessage().contains("is the segment running"), nothing.getMessage());
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      enterSome(plan);
      String shown = show(plan, "ALDER", ExitCode.OK);
      assertTrue(shown.startsWith(ALDER), shown);
      assertTrue(shown.contains("segment runs, pid "), shown);
      assertTrue(show(plan, "BIRCH", ExitCode.OK).contains(" no orders "), "BIRCH");
      StartException unknown =
          assertThrows(StartException.class, () -> show(plan, "NONE", ExitCode.OK));
      assertEquals("symbol=NONE: allowed ALDER, BIRCH", unknown.getMessage());
      assertTrue(json(plan).contains("\"running\":true"));
      process.kill();
    }
    String left = show(plan, "ALDER", ExitCode.OK);
    assertTrue(left.startsWith(ALDER), left);
    assertTrue(left.contains("segment is not running; what pid "), left);
    assertTrue(
        json(plan).contains("\"bids\":[{\"price\":\"100.00\",\"quantity\":350,\"orders\":2},"));
    try (SegmentBooks before = SegmentBooks.open(stateOf(plan)).orElseThrow();
        SegmentProcess process = SegmentProcess.start(plan)) {
      assertFalse(before.isRunning());
      // The day was replayed; the view of the run before stays what it was.
      assertTrue(show(plan, "ALDER", ExitCode.OK).startsWith(ALDER));
      assertEquals(SegmentBooks.Look.WHOLE, before.look(before.find("ALDER"), depth));
      assertEquals(350, depth.bids().quantity(0));
      assertEquals(0, process.stop(), process.output());
    }
    assertTrue(SegmentBooks.open(stateOf(plan)).isEmpty(), "after a clean stop");
  }

  private static void enterSome(TestSegment plan) throws Exception {
    try (Member member = plan.login("NPT1", 1)) {
      member.send(OuchBytes.enter(1, 'B', 100, "ALDER", 1_000_000));
      member.send(OuchBytes.enter(2, 'B', 250, "ALDER", 1_000_000));
      member.send(OuchBytes.enter(3, 'B', 100, "ALDER", 999_000));
      member.send(OuchBytes.enter(4, 'S', 500, "ALDER", 1_001_000));
      member.send(OuchBytes.enter(5, 'S', 200, "ALDER", 1_002_000));
      member.send(OuchBytes.enter(6, 'B', 100, "ALDER", 1_001_000, '3'));
      // Day opened, five rest, one is accepted and both sides of the trade are told.
      member.awaitMessages(9);
    }
  }

  private String show(TestSegment plan, String symbol, ExitCode expected) {
    StringWriter out = new StringWriter();
    BookTool tool = new BookTool(config(plan), symbol, 5);
    assertEquals(expected, tool.show(Glyphs.ASCII, null, new PrintWriter(out)), out::toString);
    return out.toString();
  }

  private String json(TestSegment plan) {
    StringWriter out = new StringWriter();
    new BookTool(config(plan), "ALDER", 5).show(Glyphs.ASCII, Path.of("-"), new PrintWriter(out));
    return out.toString();
  }

  /** A kill in the middle of a change shows as such, and never as a book that was not. */
  @Test
  void shouldLookAtASegmentUnderLoadAndAfterKills() throws Exception {
    int kills = (int) Tier.count(1, 20);
    TestSegment plan = new TestSegment(directory).write();
    Random random = new Random(Tier.seed(1));
    long looks = 0;
    long busy = 0;
    long halfChanged = 0;
    long userRefNum = 0;
    for (int kill = 0; kill < kills; kill++) {
      try (SegmentProcess process = SegmentProcess.start(plan);
          Member member = plan.login("NPT1", 0);
          SegmentBooks books = SegmentBooks.open(stateOf(plan)).orElseThrow()) {
        int alder = books.find("ALDER");
        long until = System.nanoTime() + 1_000_000_000L;
        while (System.nanoTime() < until) {
          for (int i = 0; i < 10; i++) {
            char side = random.nextBoolean() ? 'B' : 'S';
            long price = 1_000_000 + 100L * (random.nextInt(21) - 10);
            member.send(OuchBytes.enter(++userRefNum, side, 100, "ALDER", price));
          }
          member.poll();
          for (int i = 0; i < 100; i++) {
            SegmentBooks.Look look = books.look(alder, depth);
            looks++;
            busy += look == SegmentBooks.Look.BUSY ? 1 : 0;
            assertTrue(look != SegmentBooks.Look.WHOLE || isSane(depth));
          }
        }
        process.kill();
        assertFalse(books.isRunning());
        SegmentBooks.Look left = books.look(alder, depth);
        assertTrue(left != SegmentBooks.Look.BUSY);
        halfChanged += left == SegmentBooks.Look.HALF_CHANGED ? 1 : 0;
        assertTrue(left != SegmentBooks.Look.WHOLE || isSane(depth));
      }
    }
    // The last kill's files are this test's to remove.
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      assertEquals(0, process.stop(), process.output());
    }
    Tier.ran(
        "books of a segment under load and after kill -9",
        "kills=" + kills + " looks=" + looks + " busy=" + busy + " halfChanged=" + halfChanged);
  }

  /** In order, not crossed, and whole multiples of what every order here is of. */
  private static boolean isSane(BookDepth depth) {
    boolean sane =
        depth.bids().count() == 0
            || depth.asks().count() == 0
            || depth.bids().price(0) < depth.asks().price(0);
    for (int i = 0; i < depth.bids().count(); i++) {
      sane &= depth.bids().quantity(i) == 100L * depth.bids().orders(i);
      sane &= i == 0 || depth.bids().price(i) < depth.bids().price(i - 1);
    }
    for (int i = 0; i < depth.asks().count(); i++) {
      sane &= depth.asks().quantity(i) == 100L * depth.asks().orders(i);
      sane &= i == 0 || depth.asks().price(i) > depth.asks().price(i - 1);
    }
    return sane;
  }
}
