package io.tradepit.main;

import io.tradepit.host.StateLostException;
import io.tradepit.host.StateStore;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateAudit;
import io.tradepit.matching.state.LogHash;
import io.tradepit.recovery.RecoveryStart;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.LogFrame;
import java.nio.ByteOrder;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * The memory that a killed process left, if it proves to be what the recorded log gives: its
 * description is that of the day, the last command was applied whole, the running hash of the log
 * is that of the recorded log up to there, every event that was emitted is recorded, and the state
 * hash is that of the records as they lie there. Starting thread.
 */
final class WarmRestart {
  /** The memory and where the log goes on behind it. */
  record Found(StateStore store, Matcher matcher, RecoveryStart from) {}

  private static final int FRAMES = 1 << 16;

  private final RecoveredState.Sources sources;
  private StateStore left;
  private long sequence;
  private long hash;

  /** Command of the last recorded events, how many of it are recorded, and whether all are. */
  private long lastEvents;

  private int eventCount;
  private boolean isComplete;

  WarmRestart(RecoveredState.Sources sources) {
    this.sources = sources;
  }

  /**
   * Looks for the memory; when it is there and proves right, it is accepted, else a line says why.
   *
   * @param snapshot the newest one, or null: what is older need not be read
   */
  Optional<Found> find(SnapshotFile snapshot) {
    try {
      left = StateStore.takeOver(sources.context());
      Found found = proved(left, snapshot);
      left.accept();
      return Optional.of(found);
    } catch (StateLostException e) {
      sources.notes().add("not warm: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Memory that was taken over and is not right, or null; the caller's from now on. */
  StateStore left() {
    return left;
  }

  private Found proved(StateStore store, SnapshotFile snapshot) throws StateLostException {
    Matcher matcher = matcherOn(store);
    RecoveryStart known = SavedState.startOf(snapshot, sources.log(), sources.events());
    sequence = snapshot == null ? 0 : snapshot.header().sequence();
    hash = snapshot == null ? 0 : snapshot.header().logHash();
    lastEvents = sequence;
    long logPosition = positionBehind(matcher, known.logPosition());
    long eventsEnd = sources.saved().day().eventsEnd();
    requireEventsRecorded(matcher, known.eventsPosition(), eventsEnd);
    String defect = StateAudit.defect(matcher);
    if (defect != null) {
      throw new StateLostException(defect);
    }
    return new Found(store, matcher, new RecoveryStart(logPosition, eventsEnd));
  }

  private Matcher matcherOn(StateStore store) throws StateLostException {
    try {
      return sources.matcherOn(store);
    } catch (IllegalStateException e) {
      throw new StateLostException(
          "the memory is of other versions or half applied: " + e.getMessage(), e);
    }
  }

  /** Where the log goes on behind what the matcher has applied. */
  private long positionBehind(Matcher matcher, long from) throws StateLostException {
    long applied = matcher.lastSequence();
    long end = sources.saved().day().logEnd();
    long position = from;
    while (sequence < applied && position < end) {
      position = sources.log().read(position, end, (b, o, l) -> hash(applied, b, o, l), FRAMES);
    }
    if (sequence != applied) {
      throw new StateLostException(
          "applied="
              + applied
              + ": the log from the newest snapshot on has it not, ends with "
              + sequence);
    }
    if (hash != matcher.logHash()) {
      throw new StateLostException(
          "sequence=" + applied + ": the memory applied another log than the recorded one");
    }
    return position;
  }

  private boolean hash(long applied, DirectBuffer buffer, int offset, int length) {
    if (sequence == applied) {
      return false;
    }
    sequence = buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    long timeNs = buffer.getLong(offset + LogFrame.TIME_NS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    hash =
        LogHash.next(
            hash,
            sequence,
            timeNs,
            buffer,
            offset + LogFrame.HEADER_LENGTH,
            length - LogFrame.HEADER_LENGTH);
    return true;
  }

  // What was emitted and not recorded can't be emitted again from this memory.
  private void requireEventsRecorded(Matcher matcher, long from, long end)
      throws StateLostException {
    long position = from;
    long before;
    do {
      before = position;
      position = sources.events().read(position, end, this::onEvents, FRAMES);
    } while (position > before && position < end);
    boolean all =
        eventCount == 0
            ? matcher.emittedSequence() <= lastEvents
            : matcher.emittedSequence() == lastEvents
                && matcher.emittedEvents() == eventCount
                && isComplete;
    if (!all) {
      throw new StateLostException(
          "emittedOfCommand="
              + matcher.emittedSequence()
              + " events="
              + matcher.emittedEvents()
              + ": recorded are those up to command="
              + lastEvents
              + " events="
              + eventCount);
    }
  }

  private void onEvents(DirectBuffer buffer, int offset, int length, long position) {
    lastEvents =
        buffer.getLong(offset + EventFrame.COMMAND_SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    eventCount =
        buffer.getInt(offset + EventFrame.FIRST_INDEX_OFFSET, ByteOrder.LITTLE_ENDIAN)
            + (buffer.getShort(offset + EventFrame.COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
    short flags = buffer.getShort(offset + EventFrame.FLAGS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    isComplete = (flags & EventFrame.LAST) != 0;
  }
}
