package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.SnapshotRefusedException;
import io.tradepit.recovery.SnapshotDamagedException;
import io.tradepit.recovery.SnapshotDirectory;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.recovery.SnapshotHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the snapshot files of a day against its log, its events and a replay. One thread. */
final class SnapshotCheck {
  private final RecordedDayFiles day;
  private final Map<Long, SnapshotHeader> headers = new TreeMap<>();
  private final Map<Long, Path> paths = new TreeMap<>();

  /**
   * Opens all files of the day; one that was pruned since is left out.
   *
   * @param entries of the day, listed before the day was opened: later ones may be ahead of it
   * @throws DefectFoundException when one is damaged
   */
  SnapshotCheck(List<SnapshotDirectory.Entry> entries, RecordedDayFiles day) {
    this.day = day;
    entries.forEach(this::open);
  }

  /** The files of a day, as they are now. */
  static List<SnapshotDirectory.Entry> list(Path directory, int day) {
    try {
      return new SnapshotDirectory(directory).newestFirst(day);
    } catch (IOException e) {
      throw new UncheckedIOException("snapshots=" + directory, e);
    }
  }

  private void open(SnapshotDirectory.Entry entry) {
    try (SnapshotFile file = SnapshotFile.open(entry.path())) {
      requireSame(entry.path(), "sequence", file.header().sequence(), entry.sequence());
      requireSame(entry.path(), "day", file.header().day(), day.number());
      headers.put(entry.sequence(), file.header());
      paths.put(entry.sequence(), entry.path());
    } catch (SnapshotDamagedException e) {
      if (Files.exists(entry.path())) {
        throw new DefectFoundException(e.getMessage(), e);
      }
    }
  }

  private static void requireSame(Path path, String what, long found, long expected) {
    if (found != expected) {
      throw new DefectFoundException(
          "snapshot="
              + path
              + " defect=of another moment: "
              + what
              + "="
              + found
              + " expected="
              + expected);
    }
  }

  int count() {
    return headers.size();
  }

  /** To be called behind each command of the log, with the positions behind it and its events. */
  void onCommand(LogCheck log, long eventsPosition) {
    SnapshotHeader header = headers.get(log.sequence());
    if (header != null) {
      Path path = paths.get(log.sequence());
      requireSame(path, "logRecordingId", header.logRecordingId(), day.log().recordingId());
      requireSame(path, "eventRecordingId", header.eventRecordingId(), day.events().recordingId());
      requireSame(path, "timeNs", header.timeNs(), log.timeNs());
      requireSame(path, "logPosition", header.logPosition(), log.nextPosition());
      requireSame(path, "eventsPosition", header.eventsPosition(), eventsPosition);
      requireSame(path, "logHash", header.logHash(), log.hash());
    }
  }

  /** No snapshot is of a moment that the log does not have. */
  void onEnd(long lastSequence) {
    headers.forEach((sequence, header) -> {
      if (sequence > lastSequence) {
        throw new DefectFoundException(
            "snapshot="
                + paths.get(sequence)
                + " defect=ahead of the log, which ends with sequence="
                + lastSequence);
      }
    });
  }

  /** Holds the state that a replay has behind a command against the snapshot's, if there is one. */
  void onState(long sequence, long stateHash) {
    SnapshotHeader header = headers.get(sequence);
    if (header != null) {
      requireSame(paths.get(sequence), "stateHash", header.stateHash(), stateHash);
    }
  }

  /**
   * Loads each snapshot that was not pruned since into a matcher.
   *
   * @throws DefectFoundException when one is refused
   */
  void load(Capacities capacities) {
    paths.forEach((sequence, path) -> {
      try (DayReplay replay = new DayReplay(capacities, new NoSink());
          SnapshotFile file = SnapshotFile.open(path)) {
        replay.load(file);
        requireSame(path, "stateHash", replay.matcher().stateHash(), file.header().stateHash());
        requireSame(path, "logHash", replay.matcher().logHash(), file.header().logHash());
      } catch (SnapshotRefusedException | SnapshotDamagedException e) {
        if (Files.exists(path)) {
          throw new DefectFoundException("snapshot=" + path + " defect=" + e.getMessage(), e);
        }
      }
    });
  }
}
