package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.archive.ArchiveThreadingMode;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.LogFailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of the recorder, the matcher's thread learns it in time, also when it idles. */
@Timeout(60)
class RecorderFailureTest {
  private static final long STALL_MS = 300;

  private final UnsafeBuffer body = new UnsafeBuffer(new byte[JournalFixture.MAX_LENGTH]);

  @TempDir Path directory;

  @Test
  void shouldFailWhenTheRecordersThreadDies() throws InterruptedException {
    try (Journal journal = Journal.open(context(ArchiveThreadingMode.SHARED))) {
      kill("tp-archive");
      String message = failure(() -> poll(journal)).getMessage();
      assertTrue(message.startsWith("recording stopped: stream=log"), message);
      message = failure(() -> journal.events().hasRoom(100)).getMessage();
      assertTrue(message.startsWith("recording stopped: stream=events"), message);
    }
  }

  @Test
  void shouldFailWithoutACommandWhenTheRecordingOfTheEventsStops() {
    try (Journal journal = Journal.open(context(ArchiveThreadingMode.SHARED))) {
      journal.stopRecordingOfEvents();
      assertEquals(
          "recording stopped: stream=events recordingId=" + journal.eventRecordingId(),
          failure(() -> poll(journal)).getMessage());
    }
  }

  @Test
  void shouldFailInTimeWhenTheEventsAreNotRecorded() {
    try (Journal journal = Journal.open(context(ArchiveThreadingMode.INVOKER))) {
      journal.events().offer(body, 0, JournalFixture.fill(body, 1));
      long startNs = System.nanoTime();
      String message = failure(() -> poll(journal)).getMessage();
      assertInTime(startNs);
      assertTrue(message.startsWith("recording stands still: stream=events"), message);
    }
  }

  @Test
  void shouldFailInTimeWhenTheEventStreamIsFullAndNotRecorded() {
    try (Journal journal = Journal.open(context(ArchiveThreadingMode.INVOKER))) {
      EventStream events = journal.events();
      EventReader reader = journal.newEssentialReader();
      while (events.hasRoom(256)) {
        assertTrue(events.offer(body, 0, JournalFixture.fill(body, 1)) > 0);
        reader.poll((buffer, offset, length, position) -> {}, 10);
      }
      long startNs = System.nanoTime();
      String message = failure(() -> events.hasRoom(256)).getMessage();
      assertInTime(startNs);
      assertTrue(message.startsWith("recording stands still: stream=events"), message);
    }
  }

  @Test
  void shouldRefuseByNameWhenTheArchiveFindsAnotherEndThanItsFrames() {
    long end;
    try (Journal journal = Journal.open(context(ArchiveThreadingMode.SHARED))) {
      end = JournalFixture.offer(journal.log(), 1);
      JournalFixture.awaitReleased(journal.log());
    }
    DayCatalog catalog = new DayCatalog(directory.toFile());
    Journal.requireEnds(catalog, Map.of(0L, end));
    assertEquals(
        "recording ends elsewhere than its frames: recordingId=0 stopPosition="
            + end
            + " endOfFrames="
            + (end - 32),
        failure(() -> Journal.requireEnds(catalog, Map.of(0L, end - 32))).getMessage());
  }

  private JournalContext context(ArchiveThreadingMode mode) {
    return JournalFixture.context(directory)
        .recorderThreading(mode)
        .stallTimeoutNs(TimeUnit.MILLISECONDS.toNanos(STALL_MS));
  }

  private static void poll(Journal journal) {
    journal.log().poll((buffer, offset, length) -> true, 16);
  }

  /** What a duty cycle fails with in the end; at most 10 s. */
  private static LogFailedException failure(Executable cycle) {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    return assertThrows(
        LogFailedException.class,
        () -> {
          while (System.nanoTime() < deadlineNs) {
            cycle.execute();
          }
        });
  }

  private static void assertInTime(long startNs) {
    long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    assertTrue(tookMs < 2000, "tookMs=" + tookMs);
  }

  private static void kill(String name) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        thread.interrupt();
        thread.join();
      }
    }
  }
}
