package io.tradepit.main;

import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.journal.Journal;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.journal.RecordedDays;
import io.tradepit.recovery.SnapshotDirectory;
import io.tradepit.stream.LogFailedException;
import io.tradepit.telemetry.LatencyFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.IoUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of days that are over, at the start of a later one: those beyond what the
 * configuration keeps are deleted, a line for each; every other one gets a folder of its own.
 *
 * <p>Nothing here keeps a day from starting: what can't be done is said, and tried again at the
 * next start. Starting thread, before the agents run.
 */
final class ClosedDays {
  private static final Logger LOGGER = LoggerFactory.getLogger(ClosedDays.class);

  private final SegmentConfig config;
  private final SegmentPaths paths;
  private final Journal journal;

  /**
   * A day as retention sees it.
   *
   * @param number from 1
   * @param bytes of its recordings
   */
  record Size(int number, long bytes) {}

  ClosedDays(SegmentConfig config, Journal journal) {
    this.config = config;
    this.paths = SegmentPaths.of(config);
    this.journal = journal;
  }

  void settle() {
    RecordedDays recorded = RecordedDays.open(paths.archive().toFile());
    List<RecordedDayFiles> over = new ArrayList<>();
    for (int number : recorded.numbers()) {
      if (number < journal.day()) {
        add(over, recorded, number);
      }
    }
    List<Integer> purged =
        beyond(
            over.stream().map(ClosedDays::sizeOf).toList(),
            config.storage().keepDays(),
            (long) config.storage().keepMiB() << 20);
    over.stream().filter(day -> purged.contains(day.number())).forEach(this::purge);
    over.stream().filter(day -> !purged.contains(day.number())).forEach(this::file);
  }

  private static void add(List<RecordedDayFiles> days, RecordedDays recorded, int number) {
    try {
      days.add(recorded.day(number));
    } catch (LogFailedException e) {
      LOGGER.warn("day={} is left as it is: {}", number, e.getMessage());
    }
  }

  private static Size sizeOf(RecordedDayFiles day) {
    return new Size(day.number(), day.log().lengthBytes() + day.events().lengthBytes());
  }

  /**
   * The days that go, of those that are over.
   *
   * @param over the oldest first
   * @param keepDays and {@code keepBytes}: 0 = no limit
   */
  static List<Integer> beyond(List<Size> over, int keepDays, long keepBytes) {
    List<Integer> beyond = new ArrayList<>();
    int days = 0;
    long bytes = 0;
    for (Size day : over.reversed()) {
      days++;
      bytes += day.bytes();
      boolean isTooMany = keepDays > 0 && days > keepDays;
      boolean isTooMuch = keepBytes > 0 && bytes > keepBytes;
      if (days > 1 && (isTooMany || isTooMuch || !beyond.isEmpty())) {
        beyond.addFirst(day.number());
      }
    }
    return beyond;
  }

  private void purge(RecordedDayFiles day) {
    try {
      for (SnapshotDirectory.Entry entry :
          new SnapshotDirectory(paths.snapshots()).newestFirst(day.number())) {
        IoUtil.deleteIfExists(entry.path().toFile());
      }
      LatencyFolder.ofDay(paths.latency(), day.number()).forEach(ClosedDays::delete);
      DayFolder.find(paths.days(), day.number()).ifPresent(ClosedDays::delete);
      journal.purge(day.number()); // last: a day that is in no catalog is looked at no more
      LOGGER.info(
          "day={} purged: recordingIds={},{} bytes={} keepDays={} keepMiB={}",
          day.number(),
          day.log().recordingId(),
          day.events().recordingId(),
          sizeOf(day).bytes(),
          config.storage().keepDays(),
          config.storage().keepMiB());
    } catch (IOException | RuntimeException e) {
      LOGGER.warn("day={} is not purged whole: {}", day.number(), e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    IoUtil.delete(folder.toFile(), false);
  }

  private void file(RecordedDayFiles day) {
    try {
      if (DayFolder.find(paths.days(), day.number()).isEmpty()) {
        Path folder = DayFolder.make(paths, day);
        LOGGER.info("day={} has its folder: {}", day.number(), folder);
      }
    } catch (LogFailedException | UncheckedIOException e) {
      LOGGER.warn("day={} has no folder: {}", day.number(), e.getMessage(), e);
    }
  }
}
