package io.tradepit.journal;

import io.aeron.archive.client.AeronArchive;
import io.tradepit.stream.LogFailedException;
import java.io.File;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The recorded days of a segment, read from the archive's files without an archive: beside a
 * segment that runs, after one that was killed, or of days long past. Nothing is ever written.
 *
 * <p>What is read ends with the last whole frame at the time of the opening: a running segment goes
 * on behind it. Events are looked at before the log, so that no event is without its command.
 */
public final class RecordedDays {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

  private final File directory;
  private final DayCatalog catalog;
  private final boolean isRunning;

  private RecordedDays(File directory) {
    this.directory = directory;
    this.isRunning = DirectoryLock.isTaken(directory);
    this.catalog = new DayCatalog(directory);
  }

  /**
   * Reads the archive's catalog; a directory without one has no days.
   *
   * @throws UncheckedIOException when the directory may not be read
   */
  public static RecordedDays open(File archiveDirectory) {
    return new RecordedDays(archiveDirectory);
  }

  /** Whether a segment has the archive, and extends its newest day. */
  public boolean isRunning() {
    return isRunning;
  }

  /** Numbers of the days, ascending; empty when nothing was recorded. */
  public List<Integer> numbers() {
    return catalog.days();
  }

  /** The newest day, or empty when nothing was recorded. */
  public Optional<RecordedDayFiles> newest() {
    int newest = catalog.newestDay();
    return newest == 0 ? Optional.empty() : Optional.of(day(newest));
  }

  /**
   * All days, the oldest first.
   *
   * @throws LogFailedException when a recording is damaged at its end
   */
  public List<RecordedDayFiles> all() {
    List<RecordedDayFiles> days = new ArrayList<>();
    numbers().forEach(number -> days.add(day(number)));
    return days;
  }

  /**
   * One day.
   *
   * @param number as {@link #numbers} has it
   * @throws IllegalArgumentException when there is no such day
   * @throws LogFailedException when a recording is damaged at its end
   */
  public RecordedDayFiles day(int number) {
    if (!numbers().contains(number)) {
      throw new IllegalArgumentException("day=" + number + " allowed=" + numbers());
    }
    // In this order: what happened is recorded after the command that it followed from.
    RecordedFiles events = files(DayCatalog.EVENTS, number);
    RecordedFiles log = files(DayCatalog.LOG, number);
    return new RecordedDayFiles(number, isRunning && number == catalog.newestDay(), log, events);
  }

  /** A day that was cut short in its first moments may lack a recording; it counts as empty. */
  private RecordedFiles files(String stream, int day) {
    RecordingDescription recording = catalog.find(stream, day);
    if (recording == null) {
      return RecordedFiles.none(directory);
    }
    boolean isStopped = recording.stopPosition() != AeronArchive.NULL_POSITION;
    SegmentTail.End end =
        isStopped
            ? new SegmentTail.End(recording.stopPosition(), false)
            : SegmentTail.look(directory, recording, isRunning ? PATIENCE_NS : 0);
    return new RecordedFiles(directory, recording, end.position(), isStopped, end.isTorn());
  }
}
