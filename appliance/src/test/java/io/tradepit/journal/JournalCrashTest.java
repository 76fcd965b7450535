package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.LogHistory;
import java.io.File;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it writes as fast as it can; nothing that it saw released is lost. */
class JournalCrashTest {
  @TempDir Path directory;

  @Test
  @Timeout(1200)
  void shouldLoseNothingReleasedWhenTheProcessIsKilled() throws Exception {
    long kills = Tier.count(5, 50);
    long seed = Tier.seed(1);
    Random random = new Random(seed);
    File aeron = new File("/dev/shm/tp-crash-" + ProcessHandle.current().pid());
    File progress = directory.resolve("progress").toFile();
    Path archive = directory.resolve("archive");
    long next = 1;
    for (long kill = 0; kill < kills; kill++) {
      long released = writeUntilKilled(archive, aeron, progress, next, random.nextInt(300));
      assertTrue(released >= next, "released=" + released + " next=" + next);
      next = checkAndAppend(archive, next, released);
    }
    IoUtil.delete(aeron, true);
    Tier.ran("journal kill -9", "kills=" + kills + " seed=" + seed + " commands=" + (next - 1));
  }

  private static long writeUntilKilled(
      Path archive, File aeron, File progress, long first, long extraMs) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("--") || argument.startsWith("-XX")) {
        command.add(argument);
      }
    }
    command.addAll(
        List.of(
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CrashWriter.class.getName(),
            archive.toString(),
            aeron.getPath(),
            progress.getPath(),
            Long.toString(first)));
    Process process = new ProcessBuilder(command).inheritIO().start();
    while (released(progress) < first) {
      assertTrue(process.isAlive(), "the writer died by itself");
      Thread.sleep(1);
    }
    Thread.sleep(200 + extraMs);
    process.destroyForcibly();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    return released(progress);
  }

  private static long released(File progress) throws Exception {
    if (progress.length() < CrashWriter.PROGRESS_LENGTH) {
      return 0;
    }
    try (RandomAccessFile file = new RandomAccessFile(progress, "r")) {
      return Long.reverseBytes(file.readLong());
    }
  }

  private static long checkAndAppend(Path archive, long first, long released) {
    try (Journal journal = Journal.open(JournalFixture.context(archive));
        LogHistory log = journal.newLogHistory();
        EventHistory events = journal.newEventHistory()) {
      long[] number = {0};
      log.read(
          0,
          journal.logEnd(),
          (buffer, offset, length) -> {
            assertArrayEquals(
                JournalFixture.logFrame(++number[0]), JournalFixture.copy(buffer, offset, length));
            return true;
          },
          Integer.MAX_VALUE);
      assertTrue(
          number[0] >= released && released >= first,
          "recorded=" + number[0] + " released=" + released);
      long[] eventNumber = {0};
      events.read(
          0,
          journal.eventsEnd(),
          (buffer, offset, length, position) -> {
            eventNumber[0]++;
            assertArrayEquals(
                JournalFixture.bytes(buffer.getLong(offset)),
                JournalFixture.copy(buffer, offset, length));
          },
          Integer.MAX_VALUE);
      assertTrue(eventNumber[0] > 0);
      assertTrue(JournalFixture.offer(journal.log(), ++number[0]) > 0);
      JournalFixture.awaitReleased(journal.log());
      return number[0] + 1;
    }
  }
}
