package io.tradepit.tools.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.config.ConfigException;
import io.tradepit.tools.segment.ChildSegment;
import io.tradepit.tools.segment.SegmentPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replays into real segments, each a process of its own, over TCP and multicast. */
@Timeout(600)
class ReplayTest {
  private static final String AMAZON = "AMZN_2012-06-21_L5_commands.csv.gz";
  private static final String MICROSOFT = "MSFT_2012-06-21_L50_first1000_commands.csv.gz";
  private static final String ITCH = "ex20101224.TEST_ITCH_50.gz";

  @TempDir private Path directory;

  @Test
  void shouldFillAndShowTheWholeDayOfAmazon() {
    ReplayResult result = play(shared(AMAZON), Pace.max());
    assertOk(result, 6_591, 151_108);
    assertEquals(8_974, result.figure("fillsExpected"));
    assertEquals(5, result.figure("levels"));
    ran("AMZN", result);
    if (Tier.isLong()) {
      ReplayResult inLockstep = play(shared(AMAZON), Pace.lockstep());
      assertOk(inLockstep, 6_591, 151_108);
      assertEquals(151_109, inLockstep.figure("booksEqualInSegment"), "each row and the end");
      ran("AMZN in lockstep", inLockstep);
    }
  }

  @Test
  void shouldFillAndShowFiftyLevelsOfMicrosoft() {
    ReplayResult result = play(shared(MICROSOFT), Pace.lockstep());
    assertEquals(921, result.figure("booksCheckedInSegment"), "each row and the end");
    assertEquals(921, result.figure("booksEqualInSegment"));
    assertOk(result, 35, 920);
    assertEquals(110, result.figure("fillsExpected"));
    assertEquals(50, result.figure("levels"));
    ran("MSFT", result);
  }

  @Test
  void shouldSurviveTheUnknownReferencesOfAnItchFile() {
    ReplayResult result = play(shared(ITCH), Pace.max());
    assertTrue(result.ok(), text(result));
    assertEquals(12_012, result.figure("itchMessages"));
    assertEquals(117, result.figure("itchUnknownReferences"));
    assertEquals(180, result.figure("aggressive"));
    assertTrue(result.notes().contains("  message=109 type=D reference=1440692"), text(result));
    ran("ITCH", result);
  }

  @Test
  void shouldPlayAnyInstrumentIntoARunningSegment() throws Exception {
    SegmentPlan plan =
        new SegmentPlan()
            .pages("base")
            .instrument("OTHER", 100, 1, 100)
            .instrument("Q.X", 70, 1, 700)
            .instrument("ZZ", 1, 1, 100)
            .instrument("BAD", 5, 1, 100)
            .session("AA1", "AA")
            .session("BB1", "BB")
            .orders(8_000)
            .openOrdersOfSession(4_000);
    try (ChildSegment segment = ChildSegment.start(plan, directory.resolve("segment"))) {
      playAsRecorded(segment);
      playInLockstep(segment);
      nameWhatIsNotAsExpected(segment);
      refuseWhatDoesNotFit(segment);
      sayThatTheSegmentDied(segment);
    }
  }

  private void playAsRecorded(ChildSegment segment) throws Exception {
    SyntheticDay day = new SyntheticDay(Tier.seed(7), 3_000, 70, 3);
    Path plain = day.write(directory, "Q.X", false);
    ReplayResult result = play(segment, plain, Pace.asRecorded(0.5));
    assertOk(result, day.aggressive, 3_000);
    assertEquals(1, result.figure("booksEqualInSegment"), "the end");
    assertRefused("symbol=Q.X: its book has ", segment, plain);
  }

  private void playInLockstep(ChildSegment segment) throws Exception {
    SyntheticDay deep = new SyntheticDay(Tier.seed(8), 2_000, 1, 30);
    Path packed = deep.write(directory, "ZZ", true);
    ReplayResult result = play(segment, packed, Pace.lockstep());
    assertOk(result, deep.aggressive, 2_000);
    assertTrue(result.json().contains("\"fillsExact\": " + deep.aggressive), result.json());
    ran("a made-up day in lockstep", result);
  }

  private void nameWhatIsNotAsExpected(ChildSegment segment) throws Exception {
    SyntheticDay day = new SyntheticDay(Tier.seed(9), 1_000, 5, 4);
    int wrongFill = lineOf(day, ",A,", "|");
    String line = day.commands.get(wrongFill);
    String first = line.substring(line.lastIndexOf(',') + 1, line.indexOf('|'));
    day.commands.set(wrongFill, line.replace(first + "|", ""));
    day.books.set(500, day.books.get(500).replaceFirst(",\\d+,", ",123456,"));
    ReplayResult result = play(segment, day.write(directory, "BAD", false), Pace.max());
    assertFalse(result.ok());
    assertEquals(day.aggressive - 1, result.figure("fillsExact"));
    assertEquals(1_000, result.figure("booksChecked"));
    assertEquals(999, result.figure("booksEqual"));
    assertEquals(2, result.findingCount(), text(result));
    assertEquals(1, result.figure("booksEqualInSegment"), "the engine is not wrong");
    String found = text(result);
    assertTrue(found.contains("fills n=" + wrongFill + " cmd=A expected="), found);
    assertTrue(found.contains("seen=" + first), found);
    assertTrue(found.contains("book n=500 row=500 from=multicast expected=asks["), found);
    assertTrue(found.contains("x123456"), found);
    assertTrue(result.lines().getLast().startsWith("FAIL"), found);
  }

  private void refuseWhatDoesNotFit(ChildSegment segment) throws Exception {
    SyntheticDay finer = new SyntheticDay(Tier.seed(11), 100, 7, 5);
    Path file = finer.write(Files.createDirectory(directory.resolve("finer")), "OTHER", false);
    assertRefused("symbol=OTHER tick4=100: the file's prices", segment, file);
    Path unknown = finer.write(directory.resolve("finer"), "NONE", false);
    String message =
        assertThrows(ConfigException.class, () -> play(segment, unknown, Pace.max())).getMessage();
    assertTrue(message.contains("symbol=NONE: allowed OTHER, Q.X"), message);
  }

  private void sayThatTheSegmentDied(ChildSegment segment) throws Exception {
    SyntheticDay day = new SyntheticDay(Tier.seed(12), 2_000, 100, 5);
    Path file = day.write(Files.createDirectory(directory.resolve("killed")), "OTHER", false);
    ProcessHandle process = ProcessHandle.of(segment.pid()).orElseThrow();
    ReplayResult result =
        Replay.run(into(segment, file, Pace.rate(200)).progress(text -> process.destroyForcibly()));
    assertFalse(result.ok());
    assertTrue(result.failure().contains("connection="), text(result));
    assertTrue(result.failure().contains("of 2000"), text(result));
    assertTrue(result.lines().getLast().startsWith("FAIL"), text(result));
  }

  private void assertRefused(String expected, ChildSegment segment, Path file) {
    String message =
        assertThrows(ReplayFileException.class, () -> play(segment, file, Pace.max())).getMessage();
    assertTrue(message.contains(expected), message);
  }

  private ReplayResult play(ChildSegment segment, Path file, Pace pace) {
    return Replay.run(into(segment, file, pace));
  }

  private ReplayContext into(ChildSegment segment, Path file, Pace pace) {
    return context(file, pace)
        .running(true)
        .directory(segment.directory())
        .config(segment.directory().resolve("segment.yaml"))
        .user("bb1");
  }

  private ReplayResult play(Path file, Pace pace) {
    return Replay.run(context(file, pace));
  }

  private ReplayContext context(Path file, Pace pace) {
    Path results = directory.resolve("results-" + System.nanoTime());
    return new ReplayContext().file(file).pace(pace).gapProbeMs(0).results(results);
  }

  private static int lineOf(SyntheticDay day, String... parts) {
    for (int i = 0; i < day.commands.size(); i++) {
      String line = day.commands.get(i);
      if (List.of(parts).stream().allMatch(line::contains)) {
        return i;
      }
    }
    throw new AssertionError("no such line");
  }

  private static void assertOk(ReplayResult result, long aggressive, long books) {
    assertTrue(result.ok(), text(result));
    assertEquals(aggressive, result.figure("aggressive"));
    assertEquals(aggressive, result.figure("fillsExact"));
    assertEquals(books, result.figure("booksChecked"));
    assertEquals(books, result.figure("booksEqual"));
    assertTrue(Files.exists(result.results().resolve("run.json")));
    assertTrue(Files.exists(result.results().resolve("latency.hlog")));
    assertTrue(result.latencyJson().contains("\"answer\": {\"count\": "), result.latencyJson());
    assertTrue(result.latencyJson().contains("\"order\": {\"count\": "), result.latencyJson());
  }

  private static void ran(String what, ReplayResult result) {
    Tier.ran(
        "tools",
        ("replay of %s: %,d commands in %.1f s, %,.0f/s, fills of %,d of %,d orders, %,d of %,d"
                + " books, %,d of %,d in the segment")
            .formatted(
                what,
                result.figure("commands"),
                result.durationS(),
                result.load().achievedRate(),
                result.figure("fillsExact"),
                result.figure("aggressive"),
                result.figure("booksEqual"),
                result.figure("booksChecked"),
                result.figure("booksEqualInSegment"),
                result.figure("booksCheckedInSegment")));
  }

  private static String text(ReplayResult result) {
    return String.join("\n", result.lines());
  }

  static Path shared(String name) {
    Path file = Path.of("../../shared/data", name);
    assumeTrue(Files.exists(file), "not here: shared/data/" + name);
    return file;
  }
}
