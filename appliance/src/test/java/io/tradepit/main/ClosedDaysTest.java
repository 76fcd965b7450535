package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.admin.AdminClient;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.journal.RecordedDays;
import io.tradepit.telemetry.LatencyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What becomes of days that are over. */
@Timeout(120)
class ClosedDaysTest {
  private static final List<ClosedDays.Size> FOUR_DAYS =
      List.of(
          new ClosedDays.Size(3, 100),
          new ClosedDays.Size(4, 200),
          new ClosedDays.Size(6, 300),
          new ClosedDays.Size(7, 400));

  @TempDir Path directory;

  @Test
  void shouldKeepAllDaysWhenThereIsNoLimit() {
    assertEquals(List.of(), ClosedDays.beyond(FOUR_DAYS, 0, 0));
  }

  @Test
  void shouldDropTheOldestDaysBeyondTheirNumber() {
    assertEquals(List.of(3, 4), ClosedDays.beyond(FOUR_DAYS, 2, 0));
    assertEquals(List.of(), ClosedDays.beyond(FOUR_DAYS, 4, 0));
  }

  @Test
  void shouldDropTheOldestDaysBeyondTheirBytes() {
    assertEquals(List.of(3), ClosedDays.beyond(FOUR_DAYS, 0, 900));
    assertEquals(List.of(3, 4), ClosedDays.beyond(FOUR_DAYS, 0, 899));
  }

  @Test
  void shouldNeverDropTheNewestDayThatIsOver() {
    assertEquals(List.of(3, 4, 6), ClosedDays.beyond(FOUR_DAYS, 1, 1));
    assertEquals(
        List.of(), ClosedDays.beyond(List.of(new ClosedDays.Size(1, Long.MAX_VALUE)), 1, 1));
  }

  @Test
  void shouldPurgeOldDaysAndLeaveAConsistentArchive() throws IOException {
    TestSegment plan = new TestSegment(directory);
    plan.storage = "{keepDays: 1}";
    SegmentConfig config = SegmentConfigReader.read(plan.write().file, directory);
    SegmentPaths paths = SegmentPaths.of(config);
    for (int day = 1; day <= 3; day++) {
      runAndClose(config, day);
    }
    try (Segment segment = Segment.start(config)) {
      assertEquals(4, segment.day.journal.day());
      assertFalse(segment.faults.isStopping());
    }
    assertEquals(List.of(3, 4), RecordedDays.open(paths.archive().toFile()).numbers());
    assertEquals(List.of(), filesOf(paths, 0, 1, 2, 3));
    assertFalse(DayFolder.find(paths.days(), 1).isPresent());
    assertFalse(DayFolder.find(paths.days(), 2).isPresent());
    assertEquals(List.of(), LatencyFolder.ofDay(paths.latency(), 2));
    requireFolder(paths, 3);
    try (Segment segment = Segment.start(config)) {
      assertEquals(4, segment.day.journal.day());
      assertTrue(segment.day.journal.isContinued());
    }
  }

  private void runAndClose(SegmentConfig config, int day) {
    try (Segment segment = Segment.start(config)) {
      assertEquals(day, segment.day.journal.day());
      assertTrue(new AdminClient(config.adminSocket()).ask("day close", false).isOk());
    }
  }

  private static List<String> filesOf(SegmentPaths paths, int... recordings) throws IOException {
    try (var files = Files.list(paths.archive())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> Arrays.stream(recordings).anyMatch(id -> name.startsWith(id + "-")))
          .toList();
    }
  }

  private static void requireFolder(SegmentPaths paths, int day) throws IOException {
    Path folder = DayFolder.find(paths.days(), day).orElseThrow();
    String text = Files.readString(folder.resolve(DayFolder.MANIFEST));
    Map<?, ?> manifest = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    assertEquals(day, manifest.get("day"));
    assertEquals(true, manifest.get("closed"));
    assertTrue(folder.getFileName().toString().startsWith((String) manifest.get("date")), text);
    assertTrue((Integer) manifest.get("commands") > 5, text);
    assertEquals(1, LatencyFolder.all(folder.resolve("latency")).size());
    RecordedDayFiles files = RecordedDays.open(paths.archive().toFile()).day(day);
    Map<?, ?> log = (Map<?, ?>) manifest.get("log");
    assertEquals((int) files.log().endPosition(), log.get("endPosition"));
    Map<?, ?> file = (Map<?, ?>) ((List<?>) log.get("files")).getFirst();
    byte[] bytes = Files.readAllBytes(paths.archive().resolve((String) file.get("file")));
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, (Integer) file.get("bytes"));
    assertEquals("%08x".formatted(crc.getValue()), file.get("crc32c"));
  }
}
