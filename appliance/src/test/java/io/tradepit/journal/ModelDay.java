package io.tradepit.journal;

import io.aeron.archive.client.AeronArchive;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.SeededDay;
import io.tradepit.matching.SnapshotWriter;
import io.tradepit.matching.StateLayout;
import io.tradepit.matching.StateMemory;
import io.tradepit.matching.state.LogHash;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OpenDayEncoder;
import io.tradepit.recovery.SnapshotFileWriter;
import io.tradepit.recovery.SnapshotHeader;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.LogFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A day that a real archive has recorded, with what a matcher says of it behind every command: the
 * model that a recovery is held against. The files are those of a process that was killed.
 */
public final class ModelDay implements EventStream {
  static final int SEGMENT_LENGTH = 1 << 20;

  public final int commands;

  /** Behind each command, from 0: nothing applied. */
  public final long[] stateHash;

  final long[] logHash;

  /** Of all events so far, with their frame headers. */
  final long[] outputHash;

  final long[] logEnd;
  final long[] eventsEnd;

  RecordingDescription log;
  RecordingDescription events;

  /** The files of a recording, in order, as long as they are on the disk. */
  List<byte[]> logFiles;

  List<byte[]> eventFiles;

  /** Snapshot in the middle of the day. */
  public byte[] snapshot;

  private final UnsafeBuffer header = new UnsafeBuffer(new byte[LogFrame.HEADER_LENGTH]);
  private Matcher matcher;
  private EventFrameWriter writer;
  private Journal journal;
  private long output;
  private long eventPosition;

  ModelDay(int commands) {
    this.commands = commands;
    stateHash = new long[commands + 1];
    logHash = new long[commands + 1];
    outputHash = new long[commands + 1];
    logEnd = new long[commands + 1];
    eventsEnd = new long[commands + 1];
  }

  /** Records a day in a directory; its files are taken before it is closed. */
  public static ModelDay record(Path directory, int commands, long seed) throws IOException {
    ModelDay day = new ModelDay(commands);
    StateLayout layout = StateLayout.of(SeededDay.CAPACITIES);
    day.matcher =
        new Matcher(
            layout,
            StateMemory.buffers(layout.books(), layout.bookBytes()),
            StateMemory.buffers(layout.pages(), layout.pageBytes()),
            day::onEvents);
    try (Journal opened = Journal.open(JournalFixture.context(directory))) {
      day.journal = opened;
      day.writer = new EventFrameWriter(day, Matcher.MAX_STEP_BYTES);
      day.write(new SeededDay(seed), directory);
      JournalFixture.awaitReleased(opened.log());
      day.take(directory);
    }
    return day;
  }

  /** Records a day of one command, which opens it by other rules than this build's. */
  public static void recordOtherRules(Path directory, int ruleVersion) {
    UnsafeBuffer body = new UnsafeBuffer(new byte[512]);
    OpenDayEncoder open =
        new OpenDayEncoder().wrapAndApplyHeader(body, 0, new MessageHeaderEncoder());
    open.origin().gateway((short) 255).gatewaySequence(1);
    open.maxOrders(1).maxLevels(1).maxOpenOrdersOfSession(1).maxInstruments(1).maxSessions(1);
    open.date(20251126).ruleVersion(ruleVersion).streamSession("2025112601").zone("Europe/Berlin");
    int length = MessageHeaderEncoder.ENCODED_LENGTH + OpenDayEncoder.BLOCK_LENGTH;
    UnsafeBuffer header = new UnsafeBuffer(new byte[LogFrame.HEADER_LENGTH]);
    header.putLong(LogFrame.SEQUENCE_OFFSET, 1);
    header.putLong(LogFrame.TIME_NS_OFFSET, 1);
    try (Journal opened = Journal.open(JournalFixture.context(directory))) {
      opened.log().offer(header, 0, header.capacity(), body, 0, length);
      JournalFixture.awaitReleased(opened.log());
    }
  }

  private void write(SeededDay flow, Path directory) throws IOException {
    for (int number = 1; number <= commands; number++) {
      flow.next();
      offer(flow);
      boolean complete =
          matcher.onCommand(flow.sequence(), flow.timeNs(), flow.command(), 0, flow.length());
      while (!complete) {
        complete = matcher.resume();
      }
      if (matcher.stateHash() != flow.stateHash()) {
        throw new AssertionError("the matcher differs from the reference: sequence=" + number);
      }
      stateHash[number] = matcher.stateHash();
      logHash[number] = matcher.logHash();
      outputHash[number] = output;
      eventsEnd[number] = Math.max(eventsEnd[number], eventsEnd[number - 1]);
      if (number == commands / 2) {
        snapshot = snapshot(directory.resolve("1-" + number + ".snap"));
      }
    }
  }

  private void offer(SeededDay flow) {
    header.putLong(LogFrame.SEQUENCE_OFFSET, flow.sequence());
    header.putLong(LogFrame.TIME_NS_OFFSET, flow.timeNs());
    long position;
    while ((position =
            journal.log().offer(header, 0, header.capacity(), flow.command(), 0, flow.length()))
        < 0) {
      journal.log().poll((buffer, offset, length) -> true, 64);
      YieldingIdleStrategy.INSTANCE.idle();
    }
    logEnd[(int) flow.sequence()] = position;
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
    output = hash(output, sequence, timeNs, wireTimeNs, firstIndex, last, buffer, offset, length);
    JournalFixture.await(writer::hasRoom);
    writer.onEvents(sequence, timeNs, wireTimeNs, firstIndex, count, last, buffer, offset, length);
    eventsEnd[(int) sequence] = eventPosition;
  }

  @Override
  public boolean hasRoom(int length) {
    return journal.events().hasRoom(length);
  }

  /** Keeps where the stream ends. */
  @Override
  public long offer(DirectBuffer buffer, int offset, int length) {
    eventPosition = journal.events().offer(buffer, offset, length);
    return eventPosition;
  }

  /** Takes a frame of events into the hash of all. */
  static long hash(
      long before,
      long sequence,
      long timeNs,
      long wireTimeNs,
      int firstIndex,
      boolean last,
      DirectBuffer buffer,
      int offset,
      int length) {
    long head = sequence << 20 | (long) firstIndex << 1 | (last ? 1 : 0);
    return LogHash.next(before, head, timeNs ^ wireTimeNs, buffer, offset, length);
  }

  private byte[] snapshot(Path file) throws IOException {
    try (SnapshotFileWriter to =
        new SnapshotFileWriter(file, ByteBuffer.allocateDirect(SnapshotFileWriter.BUFFER_BYTES))) {
      to.history(new UnsafeBuffer(new byte[1000]), 0, 1000);
      SnapshotWriter from = new SnapshotWriter(matcher);
      from.begin();
      List<byte[]> messages = new ArrayList<>();
      while (!from.isComplete()) {
        from.write(
            (buffer, offset, length) -> messages.add(JournalFixture.copy(buffer, offset, length)),
            1000);
      }
      for (byte[] message : messages) {
        to.message(new UnsafeBuffer(message), 0, message.length);
      }
      int at = (int) matcher.lastSequence();
      to.commit(
          new SnapshotHeader(
              1,
              0,
              1,
              at,
              matcher.lastTimeNs(),
              logEnd[at],
              eventsEnd[at],
              -1,
              0,
              matcher.logHash(),
              matcher.stateHash()));
    }
    return Files.readAllBytes(file);
  }

  private void take(Path directory) throws IOException {
    try (EventHistory recorded = journal.newEventHistory()) {
      JournalFixture.await(() -> recorded.recordedPosition() >= eventsEnd[commands]);
    }
    DayCatalog catalog = new DayCatalog(directory.toFile());
    log = catalog.find(DayCatalog.LOG, 1);
    events = catalog.find(DayCatalog.EVENTS, 1);
    if (log.stopPosition() != AeronArchive.NULL_POSITION) {
      throw new AssertionError("stopPosition=" + log.stopPosition());
    }
    logFiles = files(directory, log, logEnd[commands]);
    eventFiles = files(directory, events, eventsEnd[commands]);
  }

  private static List<byte[]> files(Path directory, RecordingDescription recording, long end)
      throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (long base = 0; base < end; base += recording.segmentFileLength()) {
      files.add(Files.readAllBytes(directory.resolve(recording.segmentFileName(base))));
    }
    return files;
  }
}
