package io.tradepit.journal;

import io.tradepit.matching.Matcher;
import io.tradepit.matching.SeededDay;
import io.tradepit.matching.SnapshotLoader;
import io.tradepit.matching.StateLayout;
import io.tradepit.matching.StateMemory;
import io.tradepit.recovery.Recovery;
import io.tradepit.recovery.RecoveryResult;
import io.tradepit.recovery.RecoveryStart;
import io.tradepit.recovery.Replayable;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHistory;
import java.io.File;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Recovers a day from files as a start does, without Aeron: tails are mended, the log is replayed
 * and compared with the events, and what they lack is made by the matcher that goes on. Its memory
 * is used again for the next recovery.
 */
final class RecoveredDay implements EventStream {
  private final File directory;
  private final StateLayout layout = StateLayout.of(SeededDay.CAPACITIES);
  private final UnsafeBuffer[] books = StateMemory.buffers(layout.books(), layout.bookBytes());
  private final UnsafeBuffer[] pages = StateMemory.buffers(layout.pages(), layout.pageBytes());
  private Matcher matcher;
  private Recovery recovery;
  private long output;
  private long logEnd;
  private long eventsEnd;
  private Path snapshot;
  private long outputOfSnapshot;

  RecoveredDay(File directory) {
    this.directory = directory;
  }

  /** Begins the recoveries that follow behind a snapshot, whose output the model knows. */
  void beginWith(Path snapshotFile, long outputBefore) {
    snapshot = snapshotFile;
    outputOfSnapshot = outputBefore;
  }

  /**
   * Recovers.
   *
   * @param logStop and {@code eventsStop}: where the recordings were stopped in order, or -1: they
   *     were not, their tails are mended
   */
  void run(RecordingDescription log, long logStop, RecordingDescription events, long eventsStop) {
    logEnd = logStop < 0 ? SegmentTail.mend(directory, log) : logStop;
    eventsEnd = eventsStop < 0 ? SegmentTail.mend(directory, events) : eventsStop;
    clear(books);
    clear(pages);
    output = 0;
    matcher = new Matcher(layout, books, pages, this::onEvents);
    RecoveryStart from = snapshot == null ? new RecoveryStart(0, 0) : load();
    try (LogHistory commands =
            new RecordedLog(new RecordingReader(directory, log), 0, () -> logEnd);
        EventHistory recorded =
            new RecordedHistory(new RecordingReader(directory, events), 0, () -> eventsEnd)) {
      recovery = new Recovery(from, commands, logEnd, recorded, eventsEnd, this);
      RecoveryResult result = recovery.run(replayable());
      recovery = null;
      goOn(commands, result);
    }
  }

  private RecoveryStart load() {
    try (SnapshotFile file = SnapshotFile.open(snapshot)) {
      SnapshotLoader loader = new SnapshotLoader(matcher);
      file.messages(loader::onMessage);
      loader.requireComplete();
      output = outputOfSnapshot;
      return new RecoveryStart(file.header().logPosition(), file.header().eventsPosition());
    }
  }

  private static void clear(UnsafeBuffer[] buffers) {
    for (UnsafeBuffer buffer : buffers) {
      buffer.setMemory(0, buffer.capacity(), (byte) 0);
    }
  }

  private void goOn(LogHistory commands, RecoveryResult result) {
    finish(result.commandComplete());
    commands.read(
        result.logPosition(),
        logEnd,
        (buffer, offset, length) -> {
          finish(
              matcher.onCommand(
                  buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET),
                  buffer.getLong(offset + LogFrame.TIME_NS_OFFSET),
                  buffer,
                  offset + LogFrame.HEADER_LENGTH,
                  length - LogFrame.HEADER_LENGTH));
          return true;
        },
        Integer.MAX_VALUE);
  }

  private void finish(boolean complete) {
    boolean isComplete = complete;
    while (!isComplete) {
      isComplete = matcher.resume();
    }
  }

  private Replayable replayable() {
    return new Replayable() {
      @Override
      public boolean onCommand(
          long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
        return matcher.onCommand(sequence, timeNs, buffer, offset, length);
      }

      @Override
      public boolean resume() {
        return matcher.resume();
      }
    };
  }

  private void onEvents(
      long sequence,
      long timeNs,
      long wireTimeNs,
      int firstIndex,
      int count,
      boolean last,
      DirectBuffer buffer,
      int offset,
      int length) {
    output =
        ModelDay.hash(
            output, sequence, timeNs, wireTimeNs, firstIndex, last, buffer, offset, length);
    if (recovery != null) {
      recovery.onEvents(
          sequence, timeNs, wireTimeNs, firstIndex, count, last, buffer, offset, length);
    }
  }

  /** Whether state, log hash and all output are those of a model behind a command. */
  boolean equalsModel(ModelDay model, int command) {
    return matcher.lastSequence() == command
        && matcher.stateHash() == model.stateHash[command]
        && matcher.logHash() == model.logHash[command]
        && output == model.outputHash[command];
  }

  String describe() {
    return "lastSequence="
        + matcher.lastSequence()
        + " stateHash="
        + matcher.stateHash()
        + " output="
        + output
        + " logEnd="
        + logEnd
        + " eventsEnd="
        + eventsEnd;
  }

  @Override
  public boolean hasRoom(int length) {
    return true;
  }

  /** The first frame that was not recorded; it is in the output hash already. */
  @Override
  public long offer(DirectBuffer buffer, int offset, int length) {
    return length;
  }
}
