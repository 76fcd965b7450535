package io.tradepit.main;

import io.tradepit.matching.Matcher;
import io.tradepit.matching.SnapshotLoader;
import io.tradepit.matching.SnapshotRefusedException;
import io.tradepit.recovery.FrameCrc;
import io.tradepit.recovery.RecoveryStart;
import io.tradepit.recovery.SnapshotDamagedException;
import io.tradepit.recovery.SnapshotDirectory;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.recovery.SnapshotHeader;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHistory;
import io.tradepit.stream.StreamTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the newest snapshot that fits a day's recordings, and loads it. A file that can't be used
 * is passed over with a line that says why. Starting thread, or that of a replica.
 */
final class SavedState {
  private final SnapshotDirectory directory;
  private final DayRecordings day;
  private final List<String> notes;
  private final Set<Path> rejected = new HashSet<>();
  private Path newest;

  /**
   * The recordings that a snapshot must be of.
   *
   * @param number of the day
   * @param logEnd and {@code eventsEnd}: a snapshot that lies behind them is of another log
   */
  record DayRecordings(
      int number, long logRecordingId, long eventRecordingId, long logEnd, long eventsEnd) {}

  /**
   * @param notes gets a line for each file that is passed over
   */
  SavedState(SnapshotDirectory directory, DayRecordings day, List<String> notes) {
    this.directory = directory;
    this.day = day;
    this.notes = notes;
  }

  DayRecordings day() {
    return day;
  }

  /** The newest snapshot file that is whole and of this day's recordings, or null. */
  SnapshotFile newest(LogHistory log, EventHistory events) {
    try {
      for (SnapshotDirectory.Entry entry : directory.newestFirst(day.number())) {
        SnapshotFile file = rejected.contains(entry.path()) ? null : open(entry, log, events);
        if (file != null) {
          newest = entry.path();
          return file;
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("snapshots of day=" + day.number(), e);
    }
  }

  /** The content of the newest one turned out not to fit: it is passed over from now on. */
  void rejectNewest(String why) {
    reject(newest, why);
  }

  private void reject(Path file, String why) {
    rejected.add(file);
    notes.add(why);
    try {
      directory.reject(file);
    } catch (IOException e) {
      notes.add("snapshot=" + file + ": not put aside: " + e);
    }
  }

  private SnapshotFile open(SnapshotDirectory.Entry entry, LogHistory log, EventHistory events) {
    SnapshotFile file = null;
    try {
      file = SnapshotFile.open(entry.path());
      String defect = defect(file.header(), entry, log, events);
      if (defect == null) {
        return file;
      }
      reject(entry.path(), "snapshot=" + entry.path() + " defect=" + defect);
    } catch (SnapshotDamagedException e) {
      reject(entry.path(), e.getMessage());
    }
    if (file != null) {
      file.close();
    }
    return null;
  }

  private String defect(
      SnapshotHeader header, SnapshotDirectory.Entry entry, LogHistory log, EventHistory events) {
    if (header.day() != day.number() || header.sequence() != entry.sequence()) {
      return "day=" + header.day() + " sequence=" + header.sequence() + ": not that of its name";
    }
    if (header.logRecordingId() != day.logRecordingId()
        || header.eventRecordingId() != day.eventRecordingId()) {
      return "logRecordingId=" + header.logRecordingId() + ": of another recording";
    }
    if (header.logPosition() > day.logEnd() || header.eventsPosition() > day.eventsEnd()) {
      return "logPosition=" + header.logPosition() + ": the log ends before it";
    }
    String next = nextCommandDefect(header, log);
    return next == null ? lastFrameDefect(header, events) : next;
  }

  // The events before the snapshot must be those that it was compared with.
  private static String lastFrameDefect(SnapshotHeader header, EventHistory events) {
    if (header.lastFramePosition() < 0) {
      return null;
    }
    long[] crc = {-1};
    try {
      events.read(
          header.lastFramePosition(),
          header.eventsPosition(),
          (buffer, offset, length, position) -> crc[0] = FrameCrc.of(buffer, offset, length),
          1);
    } catch (LogFailedException e) {
      return "lastFramePosition=" + header.lastFramePosition() + ": " + e.getMessage();
    }
    return crc[0] == header.lastFrameCrc()
        ? null
        : "lastFramePosition=" + header.lastFramePosition() + ": the recorded events are others";
  }

  // The command behind the snapshot must be the next one.
  private String nextCommandDefect(SnapshotHeader header, LogHistory log) {
    long[] next = {header.sequence() + 1};
    try {
      log.read(
          header.logPosition(),
          day.logEnd(),
          (buffer, offset, length) -> {
            next[0] = buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            return true;
          },
          1);
    } catch (LogFailedException e) {
      return "logPosition=" + header.logPosition() + ": " + e.getMessage();
    }
    return next[0] == header.sequence() + 1
        ? null
        : "sequence=" + header.sequence() + ": the log goes on with " + next[0];
  }

  /**
   * Loads a snapshot into a fresh matcher.
   *
   * @param file or null: the matcher stays fresh
   * @return what history had told up to it
   * @throws SnapshotDamagedException when it does not fit; the matcher's memory is of no use then
   */
  static StreamTable load(SnapshotFile file, Matcher matcher) {
    if (file == null) {
      return new StreamTable();
    }
    StreamTable[] table = {null};
    try {
      SnapshotLoader loader = new SnapshotLoader(matcher);
      file.messages(loader::onMessage);
      loader.requireComplete();
      file.history((buffer, offset, length) -> table[0] = StreamTable.load(buffer, offset));
    } catch (SnapshotRefusedException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | InternalError e) {
      throw new SnapshotDamagedException(
          "snapshot=" + file.path() + " defect=" + e.getMessage(), e);
    }
    requireMoment(file, matcher, table[0]);
    return table[0];
  }

  private static void requireMoment(SnapshotFile file, Matcher matcher, StreamTable table) {
    SnapshotHeader header = file.header();
    boolean isRight =
        table != null
            && table.position() == header.eventsPosition()
            && matcher.lastSequence() == header.sequence()
            && matcher.logHash() == header.logHash()
            && matcher.stateHash() == header.stateHash();
    if (!isRight) {
      throw new SnapshotDamagedException(
          "snapshot=" + file.path() + " defect=header and content are of different moments");
    }
  }

  /** Where a matcher goes on that has loaded a snapshot, or none. */
  static RecoveryStart startOf(SnapshotFile file, LogHistory log, EventHistory events) {
    return file == null
        ? new RecoveryStart(log.startPosition(), events.startPosition())
        : new RecoveryStart(file.header().logPosition(), file.header().eventsPosition());
  }
}
