package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeron.archive.ArchiveThreadingMode;
import io.tradepit.Tier;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.Log;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {
  private static final EventHandler IGNORE = (buffer, offset, length, position) -> {};

  private final UnsafeBuffer body = new UnsafeBuffer(new byte[JournalFixture.MAX_LENGTH]);
  private final List<byte[]> taken = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void shouldPollWhatWasOfferedWhenItIsRecorded() {
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      Log log = journal.log();
      for (long number = 1; number <= 1000; number++) {
        assertTrue(JournalFixture.offer(log, number) > 0);
      }
      JournalFixture.awaitReleased(log);
      while (log.polledPosition() < log.offeredPosition()) {
        log.poll(this::take, 16);
      }
    }
    assertEquals(1000, taken.size());
    for (int i = 0; i < taken.size(); i++) {
      assertArrayEquals(JournalFixture.logFrame(i + 1), taken.get(i));
    }
  }

  @Test
  void shouldPollNothingWhenItIsNotRecordedYet() throws Exception {
    try (Journal journal = Journal.open(invoked())) {
      Agent recorder = journal.recorder();
      Log log = journal.log();
      long first = JournalFixture.offer(log, 1);
      for (int i = 0; i < 100; i++) {
        assertEquals(0, log.poll(this::take, 16));
      }
      work(recorder);
      assertEquals(first, log.releasePosition());
      JournalFixture.offer(log, 2);
      assertEquals(1, log.poll(this::take, 16));
      assertEquals(first, log.polledPosition());
      work(recorder);
      assertEquals(1, log.poll(this::take, 16));
    }
    assertEquals(2, taken.size());
  }

  /**
   * Recovery of a long day, or the clearing of much memory, keeps the starting thread that long.
   */
  @Test
  void shouldRecordWhenTheRecorderWasNotDrivenForLongerThanAeronsOwnLimit() throws Exception {
    try (Journal journal = Journal.open(invoked())) {
      Thread.sleep(11_000);
      JournalFixture.offer(journal.log(), 1);
      work(journal.recorder());
      assertEquals(1, journal.log().poll(this::take, 16));
    }
  }

  private JournalContext invoked() {
    return JournalFixture.context(directory).recorderThreading(ArchiveThreadingMode.INVOKER);
  }

  private static void work(Agent recorder) throws Exception {
    for (int i = 0; i < 10; i++) {
      recorder.doWork();
    }
  }

  @Test
  void shouldHandOverAFrameAgainWhenItWasNotTaken() {
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      Log log = journal.log();
      JournalFixture.offer(log, 1);
      JournalFixture.awaitReleased(log);
      assertEquals(0, log.poll((buffer, offset, length) -> false, 16));
      assertEquals(0, log.polledPosition());
      assertEquals(1, log.poll(this::take, 16));
      assertArrayEquals(JournalFixture.logFrame(1), taken.get(0));
    }
  }

  @Test
  void shouldTakeTheLongestFrameWhole() {
    UnsafeBuffer header = new UnsafeBuffer(new byte[LogFrame.HEADER_LENGTH]);
    UnsafeBuffer longest =
        new UnsafeBuffer(new byte[Journal.MAX_FRAME_LENGTH - header.capacity() + 1]);
    int fits = longest.capacity() - 1;
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      Log log = journal.log();
      for (int frames = 1; frames <= 40; frames++) {
        JournalFixture.await(() -> {
          log.poll(this::take, 16);
          return log.offer(header, 0, header.capacity(), longest, 0, fits) > 0;
        });
      }
      JournalFixture.await(() -> log.poll(this::take, 16) == 0 && taken.size() == 40);
      assertEquals(Journal.MAX_FRAME_LENGTH, taken.get(39).length);
      assertThrows(
          IllegalArgumentException.class,
          () -> log.offer(header, 0, header.capacity(), longest, 0, fits + 1));
    }
  }

  @Test
  void shouldReadTheSameBytesFromHistoryWhenTheDayIsContinued() {
    int framesOfALife = 12_000;
    for (int life = 0; life < 3; life++) {
      try (Journal journal = Journal.open(JournalFixture.context(directory))) {
        assertEquals(life > 0, journal.isContinued());
        assertEquals(1, journal.day());
        assertHistory(journal, life * framesOfALife);
        EventReader reader = journal.newEssentialReader();
        for (int i = 1; i <= framesOfALife; i++) {
          append(journal.events(), reader, life * framesOfALife + i);
        }
        try (EventHistory history = journal.newEventHistory()) {
          JournalFixture.await(() -> history.recordedPosition() == reader.position());
        }
        assertHistory(journal, (life + 1) * framesOfALife);
      }
    }
  }

  private void append(EventStream events, EventReader reader, long number) {
    int length = JournalFixture.fill(body, number);
    JournalFixture.await(() -> {
      reader.poll(IGNORE, 64);
      return events.hasRoom(length);
    });
    assertTrue(events.offer(body, 0, length) > 0);
    reader.poll(IGNORE, 64);
  }

  private static void assertHistory(Journal journal, int frames) {
    try (EventHistory history = journal.newEventHistory()) {
      long[] number = {0};
      long[] expectedPosition = {history.startPosition()};
      long end = history.recordedPosition();
      long position = history.startPosition();
      while (position < end) {
        position =
            history.read(
                position,
                end,
                (buffer, offset, length, at) -> {
                  assertTrue(at >= expectedPosition[0]);
                  expectedPosition[0] = at + length;
                  assertArrayEquals(
                      JournalFixture.bytes(++number[0]),
                      JournalFixture.copy(buffer, offset, length));
                },
                100);
      }
      assertEquals(end, position);
      assertEquals(frames, number[0]);
    }
  }

  @Test
  void shouldBeginEmptyRecordingsWhenANewDayIsAskedFor() {
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      JournalFixture.offer(journal.log(), 1);
    }
    try (Journal journal = Journal.open(JournalFixture.context(directory).newDay(true));
        LogHistory history = journal.newLogHistory()) {
      assertEquals(2, journal.day());
      assertFalse(journal.isContinued());
      assertEquals(0, journal.logEnd());
      assertEquals(0, history.recordedPosition());
      JournalFixture.offer(journal.log(), 7);
    }
    try (Journal journal = Journal.open(JournalFixture.context(directory));
        LogHistory history = journal.newLogHistory()) {
      assertEquals(2, journal.day());
      history.read(0, journal.logEnd(), this::take, 10);
    }
    assertEquals(1, taken.size());
    assertArrayEquals(JournalFixture.logFrame(7), taken.get(0));
  }

  @Test
  void shouldRefuseAnArchiveDirectoryThatIsInUse() {
    JournalContext context = JournalFixture.context(directory);
    try (Journal journal = Journal.open(context)) {
      assertEquals(
          "archiveDirectory=" + directory + " is in use by another running segment",
          assertThrows(IllegalStateException.class, () -> Journal.open(context)).getMessage());
      assertEquals(1, journal.day());
    }
  }

  @Test
  void shouldRefuseAnAeronDirectoryThatIsInUse(@TempDir Path other) {
    JournalContext context = JournalFixture.context(directory);
    try (Journal journal = Journal.open(context)) {
      JournalContext second =
          JournalFixture.context(other).aeronDirectory(context.aeronDirectory());
      assertEquals(
          "aeronDirectory="
              + context.aeronDirectory()
              + " is in use by a running media driver: pid="
              + ProcessHandle.current().pid(),
          assertThrows(IllegalStateException.class, () -> Journal.open(second)).getMessage());
      assertEquals(1, journal.day());
    }
  }

  @Test
  void shouldFailInTimeWhenTheRecorderStandsStill() {
    JournalContext context = invoked().stallTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200));
    try (Journal journal = Journal.open(context)) {
      JournalFixture.offer(journal.log(), 1);
      long startNs = System.nanoTime();
      LogFailedException failure =
          assertThrows(LogFailedException.class, () -> pollForever(journal.log()));
      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
      assertTrue(failure.getMessage().startsWith("recording stands still: stream=log"));
      assertTrue(tookMs >= 199 && tookMs < 2000, "tookMs=" + tookMs);
    }
  }

  @Test
  void shouldFailWhenTheRecordingIsStopped() {
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      JournalFixture.offer(journal.log(), 1);
      JournalFixture.awaitReleased(journal.log());
      journal.stopRecordings();
      LogFailedException failure =
          assertThrows(LogFailedException.class, () -> pollForever(journal.log()));
      assertEquals(
          "recording stopped: stream=log recordingId=" + journal.logRecordingId(),
          failure.getMessage());
      assertThrows(LogFailedException.class, () -> journal.events().hasRoom(100));
    }
  }

  private void pollForever(Log log) {
    JournalFixture.await(() -> log.poll(this::take, 1) < 0);
  }

  @Test
  void shouldStallAndResumeWithoutLossWhenAnEssentialReaderStalls() {
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      EventReader reader = journal.newEssentialReader();
      EventStream events = journal.events();
      long stalledAt = 0;
      while (events.hasRoom(256)) {
        assertTrue(events.offer(body, 0, JournalFixture.fill(body, ++stalledAt)) > 0);
      }
      assertFalse(events.hasRoom(256));
      assertTrue(stalledAt > 1000, "stalledAt=" + stalledAt);
      long[] read = {0};
      long offered = stalledAt;
      while (read[0] < stalledAt + 1000) {
        reader.poll(
            (buffer, offset, length, position) ->
                assertArrayEquals(
                    JournalFixture.bytes(++read[0]), JournalFixture.copy(buffer, offset, length)),
            10);
        if (offered < stalledAt + 1000 && events.hasRoom(256)) {
          assertTrue(events.offer(body, 0, JournalFixture.fill(body, ++offered)) > 0);
        }
      }
      assertEquals(offered, read[0]);
    }
  }

  @Test
  void shouldLeaveAnObserverBehindAndLetItRejoinWhenItStalls() {
    assumeTrue(Tier.isLong(), "skipped: Aeron lets an observer rest for half a minute: long tier");
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      EventReader essential = journal.newEssentialReader();
      EventReader observer = journal.newObserver();
      long offered = 0;
      while (offered < 50_000) {
        append(journal.events(), essential, ++offered);
      }
      long[] first = {0};
      while (first[0] <= 50_000) {
        append(journal.events(), essential, ++offered);
        observer.poll((buffer, offset, length, at) -> first[0] = buffer.getLong(offset), 64);
      }
      assertTrue(observer.position() > 0);
    }
  }

  private boolean take(DirectBuffer buffer, int offset, int length) {
    taken.add(JournalFixture.copy(buffer, offset, length));
    return true;
  }
}
