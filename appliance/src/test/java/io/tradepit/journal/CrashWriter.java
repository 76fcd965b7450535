package io.tradepit.journal;

import io.tradepit.stream.EventReader;
import io.tradepit.stream.Log;
import java.io.File;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes log and events as fast as it can until it is killed; how far it saw each released stands
 * in a mapped file, which outlives it.
 */
final class CrashWriter {
  static final int PROGRESS_LENGTH = 16;

  private CrashWriter() {}

  public static void main(String[] args) throws Exception {
    Path archive = Path.of(args[0]);
    JournalContext context = JournalFixture.context(archive).aeronDirectory(new File(args[1]));
    try (RandomAccessFile file = new RandomAccessFile(args[2], "rw");
        Journal journal = Journal.open(context)) {
      UnsafeBuffer progress =
          new UnsafeBuffer(
              file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, PROGRESS_LENGTH));
      write(journal, progress, Long.parseLong(args[3]));
    }
  }

  private static void write(Journal journal, UnsafeBuffer progress, long first) {
    Log log = journal.log();
    EventReader reader = journal.newEssentialReader();
    UnsafeBuffer body = new UnsafeBuffer(new byte[JournalFixture.MAX_LENGTH]);
    long nextCommand = first;
    long[] nextEvent = {first};
    while (true) {
      for (int i = 0; i < 16 && JournalFixture.offer(log, nextCommand) > 0; i++) {
        nextCommand++;
      }
      log.poll(
          (buffer, offset, length) -> {
            progress.putLongVolatile(0, buffer.getLong(offset));
            return true;
          },
          64);
      for (int i = 0; i < 16 && journal.events().hasRoom(JournalFixture.MAX_LENGTH); i++) {
        journal.events().offer(body, 0, JournalFixture.fill(body, nextEvent[0]++));
      }
      reader.poll((buffer, offset, length, position) -> {}, 64);
    }
  }
}
