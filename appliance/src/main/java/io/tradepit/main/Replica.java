package io.tradepit.main;

import io.tradepit.host.SparseMemory;
import io.tradepit.kernel.Libc;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.SnapshotSink;
import io.tradepit.matching.SnapshotWriter;
import io.tradepit.matching.StateLayout;
import io.tradepit.publication.ImageExchange;
import io.tradepit.recovery.Follower;
import io.tradepit.recovery.RecoveryStart;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.recovery.SnapshotFileWriter;
import io.tradepit.recovery.SnapshotHeader;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.LogHistory;
import io.tradepit.stream.StreamTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A second matcher in memory of its own that goes after the live one: snapshots are made of it. One
 * thread.
 */
final class Replica implements AutoCloseable {
  final Matcher matcher;
  final StreamTable table;
  final Follower follower;

  private final SparseMemory memory;
  private final LogHistory log;
  private final EventHistory events;
  private final SwitchedSink sink = new SwitchedSink();
  private final ExpandableArrayBuffer history = new ExpandableArrayBuffer(1 << 16);
  private final ReplicaCommands commands;
  private final ByteBuffer fileBuffer = ByteBuffer.allocateDirect(SnapshotFileWriter.BUFFER_BYTES);
  private final SnapshotWriter writer;

  /** Of the snapshot that it began with, until it has compared a frame itself. */
  private final long lastFramePosition;

  private final long lastFrameCrc;

  /**
   * Begins at a snapshot, or with the day.
   *
   * @param log and {@code events} of the day, for this replica alone; closed with it
   * @param snapshot or null; it is not used any more when this returns
   */
  Replica(
      Capacities capacities,
      Libc libc,
      LogHistory log,
      EventHistory events,
      SnapshotFile snapshot) {
    this.log = log;
    this.events = events;
    StateLayout layout = StateLayout.of(capacities);
    long bookBytes = SparseMemory.lengthOf(layout.books(), layout.bookBytes());
    long pageBytes = SparseMemory.lengthOf(layout.pages(), layout.pageBytes());
    memory = SparseMemory.reserve(libc, bookBytes + pageBytes);
    try {
      matcher =
          new Matcher(
              layout,
              memory.buffers(layout.books(), layout.bookBytes()),
              memory.buffers(layout.pages(), layout.pageBytes()),
              sink);
      table = SavedState.load(snapshot, matcher);
      RecoveryStart from = SavedState.startOf(snapshot, log, events);
      lastFramePosition = snapshot == null ? -1 : snapshot.header().lastFramePosition();
      lastFrameCrc = snapshot == null ? 0 : snapshot.header().lastFrameCrc();
      commands = new ReplicaCommands(matcher);
      writer = new SnapshotWriter(matcher);
      follower = new Follower(from, log, events, commands, this::onFrame);
      sink.direct(follower::onEvents);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  private void onFrame(DirectBuffer frame, int offset, int length, long position) {
    table.onFrame(frame, offset, length, position);
    table.onFeed(matcher.feedMessages(), position);
    table.position(follower.eventsPosition());
  }

  /** The next step; false when nothing more is recorded now, or at a mark. */
  boolean step() {
    return follower.step();
  }

  /** Whether the last command applied asks for a snapshot, and all that it emitted was compared. */
  boolean isAtMark() {
    return commands.isMark && follower.isBetweenCommands();
  }

  /** The snapshot was taken, or is not wanted. */
  void passMark() {
    commands.isMark = false;
  }

  /**
   * Writes a snapshot of this moment, which must be between two commands.
   *
   * @param source whose state is written: this replica's matcher, or the live one in the same state
   * @return length of the file, bytes
   */
  long write(Path file, int day, long logRecordingId, long eventRecordingId, Matcher source)
      throws IOException {
    SnapshotHeader header =
        new SnapshotHeader(
            day,
            logRecordingId,
            eventRecordingId,
            source.lastSequence(),
            source.lastTimeNs(),
            follower.logPosition(),
            follower.eventsPosition(),
            follower.lastFramePosition() < 0 ? lastFramePosition : follower.lastFramePosition(),
            follower.lastFramePosition() < 0 ? lastFrameCrc : follower.lastFrameCrc(),
            source.logHash(),
            source.stateHash());
    try (SnapshotFileWriter target = new SnapshotFileWriter(file, fileBuffer)) {
      target.history(history, 0, table.save(history));
      writeState(
          writerOf(source), (buffer, offset, length) -> append(target, buffer, offset, length));
      return target.commit(header);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }

  /** Makes an image of the books of this moment, which must be between two commands. */
  void writeImage(ImageExchange images) {
    writeState(writer, images::onMessage);
  }

  private SnapshotWriter writerOf(Matcher source) {
    return source == matcher ? writer : new SnapshotWriter(source);
  }

  private static void writeState(SnapshotWriter source, SnapshotSink target) {
    source.begin();
    while (!source.isComplete()) {
      source.write(target, Integer.MAX_VALUE);
    }
  }

  private static boolean append(
      SnapshotFileWriter target, DirectBuffer buffer, int offset, int length) {
    try {
      target.message(buffer, offset, length);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    CloseHelper.closeAll(log, events, memory);
  }
}
