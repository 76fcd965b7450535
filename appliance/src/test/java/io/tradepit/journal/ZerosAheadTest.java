package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.Tier;
import io.tradepit.stream.Log;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Zeros ahead of a recording never touch what is recorded. */
@Timeout(120)
class ZerosAheadTest {
  private static final int LENGTH = 1 << 20;

  @TempDir Path directory;

  /** Pages are touched over and over while the very same bytes are written. */
  @Test
  void shouldLoseNoByteThatIsWrittenAtTheSameMoment() throws Exception {
    Path file = directory.resolve("file");
    int rounds = (int) Tier.count(20, 1_000);
    Random random = new Random(Tier.seed(1));
    byte[] written = new byte[LENGTH];
    AtomicLong touched = new AtomicLong();
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arena arena = Arena.ofShared()) {
      channel.write(ByteBuffer.allocate(LENGTH));
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH, arena);
      AtomicBoolean isOver = new AtomicBoolean();
      Thread toucher =
          new Thread(() -> {
            while (!isOver.get()) {
              ZerosAhead.touch(mapped, 0, LENGTH);
              touched.incrementAndGet();
            }
          });
      toucher.start();
      for (int round = 0; round < rounds; round++) {
        random.nextBytes(written);
        for (int at = 0; at < LENGTH; at += 1 << 10) {
          channel.write(ByteBuffer.wrap(written, at, 1 << 10), at);
        }
        assertArrayEquals(written, Files.readAllBytes(file));
      }
      isOver.set(true);
      toucher.join();
    }
    Tier.ran("pages touched while written", "rounds=" + rounds + " touches=" + touched.get());
  }

  @Test
  void shouldReadBackAllThatWasRecordedUnderSynced() throws IOException {
    int frames = 20_000; // some files of 1 MiB
    JournalContext context =
        JournalFixture.context(directory).durability(Durability.SYNCED).zerosAhead(true);
    try (Journal journal = Journal.open(context)) {
      Log log = journal.log();
      for (long number = 1; number <= frames; number++) {
        long next = number;
        JournalFixture.await(() -> {
          log.poll((buffer, offset, length) -> true, 64);
          return JournalFixture.offer(log, next) > 0;
        });
      }
      JournalFixture.awaitReleased(log);
    }
    long[] seen = {0};
    try (Journal journal =
        Journal.open(JournalFixture.context(directory).durability(Durability.SYNCED))) {
      journal
          .newLogHistory()
          .read(
              0,
              journal.logEnd(),
              (buffer, offset, length) -> {
                assertArrayEquals(
                    JournalFixture.logFrame(++seen[0]),
                    JournalFixture.copy(buffer, offset, length));
                return true;
              },
              Integer.MAX_VALUE);
    }
    assertEquals(frames, seen[0]);
  }
}
