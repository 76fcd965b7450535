package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.stream.Log;
import io.tradepit.stream.LogFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of a live recording that are taken away. */
@Timeout(60)
class RecordingFilesTest {
  private static final int FRAMES = 100;

  @TempDir Path directory;

  private interface Theft {
    void of(Path file) throws IOException;
  }

  @Test
  void shouldStopAndPutTheFileBackWhenItIsDeleted() throws IOException {
    assertEquals(FRAMES, keptWhenTaken("0-0.rec", Files::delete));
  }

  @Test
  void shouldStopAndPutTheFileBackWhenItIsMovedAway() throws IOException {
    Path elsewhere = directory.resolve("elsewhere");
    assertEquals(FRAMES, keptWhenTaken("0-0.rec", file -> Files.move(file, elsewhere)));
  }

  @Test
  void shouldStopAndPutTheFileBackWhenItIsReplaced() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "other");
    assertEquals(
        FRAMES,
        keptWhenTaken(
            "0-0.rec", file -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING)));
  }

  @Test
  void shouldStopAndPutTheCatalogBackWhenItIsDeleted() throws IOException {
    assertEquals(FRAMES, keptWhenTaken("archive.catalog", Files::delete));
  }

  /** Frames that the log has when it is opened again. */
  private int keptWhenTaken(String name, Theft theft) throws IOException {
    Path file = JournalFixture.context(directory).archiveDirectory().toPath().resolve(name);
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      Log log = journal.log();
      for (long number = 1; number <= FRAMES; number++) {
        JournalFixture.offer(log, number);
      }
      JournalFixture.awaitReleased(log);
      theft.of(file);
      LogFailedException stopped = awaitFailure(log);
      String message = stopped.getMessage();
      assertTrue(message.contains("file of a recording is gone: file=" + name), message);
      assertTrue(message.contains("directory=" + file.getParent()), message);
    }
    assertTrue(Files.exists(file));
    int[] frames = {0};
    try (Journal journal = Journal.open(JournalFixture.context(directory))) {
      assertEquals(1, journal.day());
      journal
          .newLogHistory()
          .read(
              0, journal.logEnd(), (buffer, offset, length) -> ++frames[0] > 0, Integer.MAX_VALUE);
    }
    return frames[0];
  }

  private static LogFailedException awaitFailure(Log log) {
    LogFailedException[] failure = {null};
    JournalFixture.await(() -> {
      try {
        log.releasePosition();
        return false;
      } catch (LogFailedException e) {
        failure[0] = e;
        return true;
      }
    });
    return failure[0];
  }
}
