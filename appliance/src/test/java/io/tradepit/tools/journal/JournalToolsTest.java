package io.tradepit.tools.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.StartException;
import io.tradepit.journal.ModelDay;
import io.tradepit.matching.SeededDay;
import io.tradepit.tools.terminal.Glyphs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** stat, verify, dump and at of a day that a real archive has recorded. */
@Timeout(600)
class JournalToolsTest {
  private static final int COMMANDS = 1_000;
  private static final int SNAPSHOT = COMMANDS / 2;
  private static final String LOG = "0-0.rec";
  private static final String EVENTS = "1-0.rec";

  @TempDir static Path recorded;
  private static ModelDay model;

  @TempDir Path directory;
  private SegmentConfig config;
  private Path archive;
  private Path snapshot;
  private StringWriter text = new StringWriter();

  @BeforeAll
  static void record() throws IOException {
    model = ModelDay.record(recorded, COMMANDS, 5);
  }

  @BeforeEach
  void copy() throws IOException {
    archive = Files.createDirectories(directory.resolve("data/archive"));
    try (Stream<Path> files = Files.list(recorded)) {
      for (Path file : files.filter(file -> !file.toString().endsWith(".snap")).toList()) {
        Files.copy(file, archive.resolve(file.getFileName()));
      }
    }
    Path snapshots = Files.createDirectories(directory.resolve("data/snapshots"));
    snapshot = Files.write(snapshots.resolve("1-" + SNAPSHOT + ".snap"), model.snapshot);
    config = SegmentConfigReader.readEmbedded(directory);
  }

  private PrintWriter out() {
    text = new StringWriter();
    return new PrintWriter(text);
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(PrintWriter.nullWriter());
  }

  private ExitCode verify(boolean quick) {
    return new VerifyTool(config, 0, out(), nowhere()).check(quick, null);
  }

  @Test
  void shouldFindAWholeDayWhole() {
    assertEquals(ExitCode.OK, verify(false), () -> text.toString());

    assertTrue(text.toString().contains("commands              1,000"), text.toString());
    assertTrue(text.toString().contains("snapshots                 1"), text.toString());
    assertTrue(text.toString().contains("replayed              1,000"), text.toString());
    assertTrue(text.toString().contains("day 1 is whole"), text.toString());
    assertEquals(ExitCode.OK, verify(true));
    assertFalse(text.toString().contains("replayed"), text.toString());
  }

  @Test
  void shouldNameWhatASingleFlippedBitHasDamaged() throws IOException {
    SplittableRandom random = new SplittableRandom(Tier.seed(3));
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    long flips = Tier.count(60, 2_000);
    for (int i = 0; i < flips; i++) {
      Path file = List.of(archive.resolve(LOG), archive.resolve(EVENTS), snapshot).get(i % 3);
      long length = file.equals(snapshot) ? model.snapshot.length : 100_000;
      long bit = random.nextLong(length * Byte.SIZE);
      flip(file, bit);
      String outcome = outcome(file);
      outcomes.merge(file.getFileName() + ": " + outcome, 1, Integer::sum);
      flip(file, bit);
    }
    assertEquals(ExitCode.OK, verify(false));
    Tier.ran("journal verify of flipped bits", "flips=" + flips + " " + outcomes);
  }

  /** What has no effect is in bytes of a frame that no reader takes. */
  private String outcome(Path file) {
    ExitCode code = verify(false);
    if (code == ExitCode.OK) {
      assertFalse(file.equals(snapshot));
      return "no effect";
    }
    assertEquals(ExitCode.RECOVERY_REFUSED, code);
    String name = file.equals(snapshot) ? "snapshot=" + snapshot : "ecordingId=";
    assertTrue(text.toString().contains("DAMAGED: ") && text.toString().contains(name));
    return "named";
  }

  private static void flip(Path file, long bit) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bit / Byte.SIZE);
      int value = bytes.read();
      bytes.seek(bit / Byte.SIZE);
      bytes.write(value ^ 1 << bit % Byte.SIZE);
    }
  }

  @Test
  void shouldShowTheSameBookFromASnapshotAsFromTheBeginning() throws IOException {
    for (int sequence : new int[] {SNAPSHOT, SNAPSHOT + 1, 800, COMMANDS}) {
      String fromSnapshot = at(Integer.toString(sequence));
      assertTrue(fromSnapshot.contains(" from a snapshot"), fromSnapshot);
      byte[] kept = Files.readAllBytes(snapshot);
      Files.delete(snapshot);
      String fromBeginning = at(Integer.toString(sequence));
      assertTrue(
          fromBeginning.contains(sequence + " commands replayed from the beginning")
              || sequence == COMMANDS,
          fromBeginning);
      assertEquals(orders(fromBeginning), orders(fromSnapshot));
      Files.write(snapshot, kept);
    }
    assertTrue(at("100").contains("behind command 100 "));
  }

  @Test
  void shouldLeaveADamagedSnapshotOut() throws IOException {
    flip(snapshot, 8 * 200);

    assertTrue(at("800").contains("from the beginning"));
  }

  @Test
  void shouldTakeATimeOfTheDayInItsZone() {
    DayTerms terms =
        new DayTerms(SeededDay.CAPACITIES, 3, 20261126, ZoneId.of("Europe/Berlin"), 0, "");
    long at = 1_795_698_187_250_000_000L; // 2026-11-26T13:03:07.250Z
    Moment moment = Moment.of("14:03:07.250", terms);

    assertFalse(moment.isBefore(1, at));
    assertTrue(moment.isBefore(1, at + 1));
    assertTrue(Moment.of("77", terms).isBefore(78, 0));
    assertFalse(Moment.of("77", terms).isBefore(77, at));
    assertTrue(at("23:59:59").contains("behind command 1000 "), text.toString());
  }

  @Test
  void shouldRefuseMomentsAndSymbolsThatThereAreNot() {
    assertRefused("moment=1001: allowed 0 to 1000", "1001", "AAAA");
    assertRefused("moment=soon: allowed a time such as 14:03:07.250", "soon", "AAAA");
    assertRefused("symbol=NONE moment=900: allowed AAAA", "900", "NONE");
    assertRefused("symbol=AAAA moment=0: allowed none", "0", "AAAA");
  }

  private void assertRefused(String line, String moment, String symbol) {
    StartException e =
        assertThrows(
            StartException.class,
            () ->
                new BookAtTool(config, 0, out(), nowhere())
                    .show(moment, symbol, 5, false, null, Glyphs.ASCII));
    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    assertTrue(e.getMessage().startsWith(line), e.getMessage());
  }

  private String at(String moment) {
    new BookAtTool(config, 1, out(), nowhere()).show(moment, "AAAA", 20, true, null, Glyphs.ASCII);
    return text.toString();
  }

  /** All but the line that says how the book was made, and the trade before it. */
  private static List<String> orders(String book) {
    return book.lines().filter(line -> !line.contains("behind command")).skip(1).toList();
  }

  @Test
  void shouldPrintALineForEachCommandAndEachEvent() {
    assertEquals(ExitCode.OK, new DumpTool(config, 0, out()).show(1, 10_000, false, false));
    assertEquals(COMMANDS, text.toString().lines().count());

    new DumpTool(config, 0, out()).show(1, 1, true, false);
    List<String> lines = text.toString().lines().toList();
    assertTrue(lines.getFirst().contains(" OpenDay "), lines.getFirst());
    assertTrue(lines.get(1).startsWith("         0 DayOpened "), lines.get(1));
    assertTrue(lines.getLast().contains(" AdminCompleted "), lines.getLast());

    new DumpTool(config, 0, out()).show(2, 2, true, true);
    assertEquals(1, text.toString().lines().count());
    assertTrue(
        text.toString().contains("\"kind\":\"DefineInstrument\",\"fields\":{\"origin\":{"),
        text.toString());
    assertTrue(text.toString().contains("\"symbol\":\"AAAA\",\"tick\":\"0.0100\""));
    assertTrue(text.toString().contains("\"events\":[{\"kind\":\"InstrumentListed\""));
  }

  @Test
  void shouldTellTheDaysAndOneInFull() {
    assertEquals(ExitCode.OK, new StatTool(config).show(0, Glyphs.ASCII, null, out()));
    assertTrue(text.toString().contains("EnterOrder"), text.toString());
    assertTrue(text.toString().lines().allMatch(line -> line.length() <= 100), text.toString());

    new StatTool(config).show(0, Glyphs.ASCII, Path.of("-"), out());
    assertTrue(text.toString().contains("\"commands\":1000,"), text.toString());
  }

  @Test
  void shouldRefuseDaysThatThereAreNot() {
    assertEquals(
        "day=2: allowed 1",
        assertThrows(StartException.class, () -> new DumpTool(config, 2, out())).getMessage());
    SegmentConfig empty = SegmentConfigReader.readEmbedded(directory.resolve("empty"));
    StartException e = assertThrows(StartException.class, () -> new DumpTool(empty, 0, out()));
    assertTrue(e.getMessage().endsWith("no recorded day there; is --dir right?"), e.getMessage());
  }

  @Test
  void shouldReadADayOfOtherRulesButReplayItNever() throws IOException {
    Path old = directory.resolve("old");
    ModelDay.recordOtherRules(Files.createDirectories(old.resolve("data/archive")), 1);
    config = SegmentConfigReader.readEmbedded(old);

    assertEquals(ExitCode.OK, new StatTool(config).show(0, Glyphs.ASCII, null, out()));
    assertTrue(text.toString().contains("times in Europe/Berlin"), text.toString());
    assertEquals(ExitCode.OK, new DumpTool(config, 0, out()).show(1, 9, true, false));
    assertEquals(ExitCode.OK, verify(true));
    assertEquals(ExitCode.OTHER, verify(false));
    assertTrue(text.toString().contains("not replayed: ruleVersion logged=1 here="));
    StartException e =
        assertThrows(StartException.class, () -> new BookAtTool(config, 0, out(), nowhere()));
    assertTrue(e.getMessage().startsWith("ruleVersion logged=1 here="), e.getMessage());
  }
}
