package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.stream.LogHistory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Days read without an archive: of one that ended, beside one that runs, of one that was cut. */
@Timeout(60)
class RecordedDaysTest {
  private static final int FRAMES = 100;
  private static final int LOOKS = 20;

  @TempDir Path directory;

  private RecordedDays days() {
    return RecordedDays.open(directory.toFile());
  }

  private void record(boolean newDay) {
    try (Journal journal = Journal.open(JournalFixture.context(directory).newDay(newDay))) {
      offer(journal, 1, FRAMES);
    }
  }

  private static void offer(Journal journal, int first, int last) {
    for (int number = first; number <= last; number++) {
      JournalFixture.offer(journal.log(), number);
    }
    JournalFixture.awaitReleased(journal.log());
  }

  private static void assertFrames(RecordedFiles files, int count) {
    int[] number = {0};
    try (LogHistory log = files.newLogHistory()) {
      long end =
          log.read(
              files.startPosition(),
              files.endPosition(),
              (buffer, offset, length) -> {
                assertArrayEquals(
                    JournalFixture.logFrame(++number[0]),
                    JournalFixture.copy(buffer, offset, length));
                return true;
              },
              Integer.MAX_VALUE);
      assertEquals(files.endPosition(), end);
    }
    assertEquals(count, number[0]);
  }

  @Test
  void shouldHaveNoDaysWhereNothingWasRecorded() {
    assertTrue(days().numbers().isEmpty());
    assertTrue(days().newest().isEmpty());
    assertFalse(days().isRunning());
    assertThrows(IllegalArgumentException.class, () -> days().day(1));
  }

  @Test
  void shouldReadEachDayThatEnded() {
    record(true);
    record(true);

    assertEquals(List.of(1, 2), days().numbers());
    for (RecordedDayFiles day : days().all()) {
      assertFalse(day.isRunning());
      assertTrue(day.log().isStopped());
      assertFalse(day.log().isTorn());
      assertEquals(1, day.log().count());
      assertEquals(0, day.events().count());
      assertFrames(day.log(), FRAMES);
    }
    assertEquals(2, days().newest().orElseThrow().number());
  }

  @Test
  void shouldReadWhatIsWholeBesideASegmentThatRunsAndChangeNothing() throws Exception {
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      offer(journal, 1, FRAMES);
      Map<String, Long> before = modified();
      RecordedDayFiles day = days().newest().orElseThrow();

      assertTrue(day.isRunning());
      assertFalse(day.log().isStopped());
      assertFalse(day.log().isTorn());
      assertFrames(day.log(), FRAMES);
      assertEquals(before, modified());

      offer(journal, FRAMES + 1, 2 * FRAMES);
      assertFrames(day.log(), FRAMES);
      assertFrames(days().newest().orElseThrow().log(), 2 * FRAMES);
    }
    assertFalse(days().isRunning());
  }

  @Test
  void shouldFindWholeFramesOnlyWhileTheLogGrowsFast() throws Exception {
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      AtomicBoolean isOver = new AtomicBoolean();
      Thread writer = Thread.ofPlatform().start(() -> writeUntil(isOver, journal));
      long last = 0;
      try {
        for (int look = 0; look < LOOKS; look++) {
          RecordedFiles log = days().newest().orElseThrow().log();
          assertTrue(log.endPosition() >= last);
          assertFalse(log.isTorn());
          last = log.endPosition();
        }
      } finally {
        isOver.set(true);
        writer.join();
      }
      assertTrue(last > 0);
    }
  }

  private static void writeUntil(AtomicBoolean isOver, Journal journal) {
    for (int number = 1; !isOver.get(); ) {
      number += JournalFixture.offer(journal.log(), number) < 0 ? 0 : 1;
      journal.log().poll((buffer, offset, length) -> true, 64);
    }
  }

  @Test
  void shouldNameATornTailAndMendNothing() throws Exception {
    killedDay();
    Path file = directory.resolve("0-0.rec");
    RecordedFiles whole = days().newest().orElseThrow().log();
    assertFalse(whole.isStopped());
    assertFalse(whole.isTorn());
    assertFrames(whole, FRAMES);

    byte[] cut = cut(file, whole.endPosition() - 10);
    RecordedFiles torn = days().newest().orElseThrow().log();

    assertTrue(torn.isTorn());
    assertFrames(torn, FRAMES - 1);
    assertArrayEquals(cut, Files.readAllBytes(file));
  }

  @Test
  void shouldTakeFilesMadeAheadForNoDamage() throws Exception {
    killedDay();
    try (RandomAccessFile ahead =
        new RandomAccessFile(directory.resolve("0-1048576.rec").toFile(), "rw")) {
      ahead.setLength(1 << 20);
    }

    RecordedFiles log = days().newest().orElseThrow().log();

    assertFalse(log.isTorn());
    assertEquals(1, log.count());
    assertFrames(log, FRAMES);
  }

  /** The files as they are while it runs are those of one that is killed at this moment. */
  private void killedDay() throws IOException {
    Path running = Files.createDirectory(directory.resolve("running"));
    try (Journal journal = Journal.open(JournalFixture.context(running))) {
      offer(journal, 1, FRAMES);
      for (String name : List.of("archive.catalog", "0-0.rec", "1-0.rec")) {
        if (Files.exists(running.resolve(name))) {
          Files.copy(running.resolve(name), directory.resolve(name));
        }
      }
    }
  }

  private static byte[] cut(Path file, long length) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(length);
    }
    return Files.readAllBytes(file);
  }

  private Map<String, Long> modified() throws IOException {
    Map<String, Long> times = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        times.put(file.getFileName().toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    times.remove("archive-mark.dat");
    return times;
  }
}
