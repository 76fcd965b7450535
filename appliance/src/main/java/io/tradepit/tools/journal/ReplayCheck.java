package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.EventSink;
import io.tradepit.recovery.Recovery;
import io.tradepit.recovery.RecoveryRefusedException;
import io.tradepit.recovery.RecoveryResult;
import io.tradepit.recovery.RecoveryStart;
import io.tradepit.recovery.Replayable;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogHistory;
import org.agrona.DirectBuffer;

/**
 * Replays a day through a fresh matcher, as a start would, and holds every event frame against the
 * recorded one, byte for byte; the reported hashes are among the events. One thread.
 */
final class ReplayCheck implements Replayable {
  private final RecordedDayFiles day;
  private final SnapshotCheck snapshots;
  private final Progress progress;
  private DayReplay replay;

  ReplayCheck(RecordedDayFiles day, SnapshotCheck snapshots, Progress progress) {
    this.day = day;
    this.snapshots = snapshots;
    this.progress = progress;
  }

  /**
   * Replays it all.
   *
   * @throws DefectFoundException when something differs
   */
  RecoveryResult run(Capacities capacities) {
    Recovery[] recovery = {null};
    EventSink sink =
        (sequence, timeNs, wireTimeNs, first, count, last, events, offset, length) ->
            recovery[0].onEvents(
                sequence, timeNs, wireTimeNs, first, count, last, events, offset, length);
    try (DayReplay made = new DayReplay(capacities, sink);
        LogHistory log = day.log().newLogHistory();
        EventHistory events = day.events().newEventHistory()) {
      replay = made;
      recovery[0] =
          new Recovery(
              new RecoveryStart(log.startPosition(), events.startPosition()),
              log,
              day.log().endPosition(),
              events,
              day.events().endPosition(),
              new Unrecorded());
      return recovery[0].run(this);
    } catch (RecoveryRefusedException | LogFailedException | IllegalStateException e) {
      throw new DefectFoundException(
          e.getMessage()
              + " logRecordingId="
              + day.log().recordingId()
              + " eventRecordingId="
              + day.events().recordingId()
              + " lastSequence="
              + replay.matcher().lastSequence(),
          e);
    }
  }

  @Override
  public boolean onCommand(
      long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
    progress.at(sequence);
    return applied(replay.matcher().onCommand(sequence, timeNs, buffer, offset, length));
  }

  @Override
  public boolean resume() {
    return applied(replay.matcher().resume());
  }

  private boolean applied(boolean complete) {
    if (complete) {
      snapshots.onState(replay.matcher().lastSequence(), replay.matcher().stateHash());
    }
    return complete;
  }

  /** Takes the first frame that was not recorded, which ends the comparison. */
  private static final class Unrecorded implements EventStream {
    @Override
    public boolean hasRoom(int length) {
      return true;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
      return length;
    }
  }
}
