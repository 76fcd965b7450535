package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.stream.LogFailedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops of a segment in this process: what goes on, and what is left behind. */
@Timeout(120)
class SegmentStartTest {
  @TempDir Path directory;
  private TestSegment segment;

  @BeforeEach
  void write() throws IOException {
    segment = new TestSegment(directory).write();
  }

  @Test
  void shouldGiveANewSessionAnIdOfItsOwnWhenItStandsBeforeTheOthers() throws IOException {
    start().close();
    replace(
        "  - {username: NPT1,",
        "  - {username: NPT9, firms: [NPT], gateway: 1}\n  - {username: NPT1,");

    try (Segment running = start()) {
      assertEquals(3, running.day.matcher.session(name("NPT9")));
      assertEquals(0, running.day.matcher.session(name("NPT1")));
      assertEquals(1, running.day.matcher.session(name("NPT2")));
      assertEquals(2, running.day.matcher.session(name("SPT1")));
    }
  }

  @Test
  void shouldGiveANewSessionAnIdOfItsOwnWhenItStandsInPlaceOfAnother() throws IOException {
    start().close();
    replace("username: NPT2,", "username: NPT9,");

    try (Segment running = start()) {
      assertEquals(3, running.day.matcher.session(name("NPT9")));
      assertEquals(1, running.day.matcher.session(name("NPT2")));
    }
  }

  @Test
  void shouldLeaveNothingInMemoryWhenItIsStopped() {
    try (Segment running = start()) {
      assertTrue(isInMemory());
      assertFalse(running.faults.isStopping());
    }
    assertFalse(isInMemory());
  }

  @Test
  void shouldLeaveNothingInMemoryWhenTheRecordedDayIsDamaged() throws IOException {
    start().close();
    flip(directory.resolve("data/archive/0-0.rec"), 300);
    // A start from the snapshot of the stop would not read so far back.
    IoUtil.delete(directory.resolve("data/snapshots").toFile(), false);

    StartException refused = assertThrows(StartException.class, this::start);

    assertEquals(ExitCode.STORAGE, refused.exitCode());
    assertTrue(refused.getMessage().startsWith("recording is damaged: recordingId=0"));
    assertFalse(isInMemory());
  }

  @Test
  void shouldNotLetTheEventStreamWaitForTheReaderThatOpenedTheDay() throws IOException {
    try (Segment running = start()) {
      assertThrows(
          LogFailedException.class,
          () -> {
            for (int i = 0; i < 1_000_000; i++) {
              running.day.openingReader.poll((buffer, offset, length, position) -> {}, 1);
            }
          });
      assertFalse(running.faults.isStopping());
    }
  }

  private Segment start() {
    SegmentConfig config = SegmentConfigReader.read(segment.file, directory);
    return Segment.start(config);
  }

  private void replace(String old, String with) throws IOException {
    String text = Files.readString(segment.file);
    assertTrue(text.contains(old), text);
    Files.writeString(segment.file, text.replace(old, with));
  }

  /** What this segment has in memory; others may run beside it. */
  private boolean isInMemory() {
    SegmentPaths paths = SegmentPaths.of(SegmentConfigReader.read(segment.file, directory));
    return Files.exists(paths.aeron().getParent()) || Files.exists(paths.state().getParent());
  }

  private static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(offset);
      int old = bytes.read();
      bytes.seek(offset);
      bytes.write(old ^ 4);
    }
  }

  private static long name(String username) {
    long value = 0;
    for (int i = 5; i >= 0; i--) {
      value = value << 8 | (i < username.length() ? username.charAt(i) : ' ');
    }
    return value;
  }
}
