package io.tradepit.journal;

import io.aeron.Aeron;
import io.aeron.ChannelUri;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import io.aeron.protocol.DataHeaderFlyweight;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.Log;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogHistory;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.status.CountersReader;

/**
 * The log and the event stream of a trading day, live and recorded, on an embedded media driver and
 * archive.
 *
 * <p>Opened, asked for its parts, and closed by one thread, before and after the agents run.
 */
public final class Journal implements AutoCloseable {
  /** A frame of the log or of the event stream is at most this long, header and body, bytes. */
  public static final int MAX_FRAME_LENGTH =
      ArchiveHost.MTU_LENGTH - DataHeaderFlyweight.HEADER_LENGTH;

  private static final int LOG_STREAM_ID = 1001; // below 1000 are Aeron's own
  private static final int EVENTS_STREAM_ID = 1002;
  private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

  private final JournalContext context;
  private final DirectoryLock lock;
  private final RecorderFault fault;
  private final int day;
  private final boolean isContinued;
  private ArchiveHost host;
  private Subscription logSubscription;
  private Recording logRecording;
  private Recording eventRecording;
  private AeronLog log;
  private AeronEventStream events;
  private RecordingFiles files;
  private ZerosAhead zeros;
  private long logEnd;
  private long eventsEnd;

  /**
   * Opens the newest day's recordings to go on with them, or begins a day.
   *
   * @throws DirectoryInUseException when another segment has a directory
   * @throws java.io.UncheckedIOException when a directory can't be used
   * @throws IllegalStateException when something did not start in time
   * @throws LogFailedException when a recording is damaged
   */
  public static Journal open(JournalContext context) {
    return new Journal(context.conclude());
  }

  private Journal(JournalContext context) {
    this.context = context;
    lock = DirectoryLock.take(context.archiveDirectory());
    fault = new RecorderFault(context.archiveDirectory(), context.errorHandler());
    try {
      Map<Long, Long> ends = new HashMap<>();
      int newest = mendTails(new DayCatalog(context.archiveDirectory()), ends);
      isContinued = newest > 0 && !context.newDay();
      day = isContinued ? newest : newest + 1;
      RecorderIdleStrategy idle = new RecorderIdleStrategy(context.recorderMaxParkNs());
      host = new ArchiveHost(context, recorderIdle(idle), fault);
      requireEnds(new DayCatalog(context.archiveDirectory()), ends);
      openStreams();
      idle.watch(logRecording.stream(), eventRecording.stream());
      files =
          new RecordingFiles(
              context.archiveDirectory(), List.of(logRecording, eventRecording), fault);
      if (context.zerosAhead() && context.durability() == Durability.SYNCED) {
        zeros = new ZerosAhead(List.of(logRecording, eventRecording));
      }
    } catch (RuntimeException e) {
      CloseHelper.quietCloseAll(host, lock);
      throw e;
    }
  }

  private IdleStrategy recorderIdle(IdleStrategy standard) {
    return context.recorderIdleStrategy() == null ? standard : context.recorderIdleStrategy();
  }

  private int mendTails(DayCatalog catalog, Map<Long, Long> ends) {
    File directory = context.archiveDirectory();
    int newest = catalog.newestDay();
    for (RecordingDescription recording : catalog.recordings()) {
      if (recording.stopPosition() == AeronArchive.NULL_POSITION) {
        ends.put(recording.recordingId(), SegmentTail.mend(directory, recording));
      } else if (DayCatalog.dayOf(recording) == newest) {
        StaleFrames.clear(directory, recording);
      }
    }
    return newest;
  }

  /**
   * The archive finds the end of a recording by itself: where it is another one than ours,
   * something that was released might be cut off or something torn be kept.
   */
  static void requireEnds(DayCatalog catalog, Map<Long, Long> ends) {
    ends.forEach((recordingId, end) -> {
      long stopPosition = catalog.byId(recordingId).stopPosition();
      if (stopPosition != end) {
        throw new LogFailedException(
            "recording ends elsewhere than its frames: recordingId="
                + recordingId
                + " stopPosition="
                + stopPosition
                + " endOfFrames="
                + end);
      }
    });
  }

  private void openStreams() {
    DayCatalog catalog = new DayCatalog(context.archiveDirectory());
    RecordingDescription oldLog = catalog.find(DayCatalog.LOG, day);
    RecordingDescription oldEvents = catalog.find(DayCatalog.EVENTS, day);
    logEnd = oldLog == null ? 0 : oldLog.stopPosition();
    eventsEnd = oldEvents == null ? 0 : oldEvents.stopPosition();
    ExclusivePublication logPublication =
        publish(DayCatalog.LOG, LOG_STREAM_ID, context.logTermLength(), oldLog);
    ExclusivePublication eventPublication =
        publish(DayCatalog.EVENTS, EVENTS_STREAM_ID, context.eventTermLength(), oldEvents);
    logSubscription = aeron().addSubscription(CommonContext.IPC_CHANNEL, LOG_STREAM_ID);
    logRecording = record(DayCatalog.LOG, logPublication, oldLog);
    eventRecording = record(DayCatalog.EVENTS, eventPublication, oldEvents);
    host.requireInTime(
        () -> logPublication.isConnected() && eventPublication.isConnected(), "publications");
    RecordingWatch eventWatch = watch(eventRecording);
    log =
        new AeronLog(
            logPublication,
            joinedImage(logSubscription, DayCatalog.LOG),
            logRecording.stream(),
            watch(logRecording),
            eventWatch);
    events = new AeronEventStream(eventPublication, eventRecording.stream(), eventWatch);
  }

  private RecordingWatch watch(Recording recording) {
    return new RecordingWatch(
        recording.stream(), SystemNanoClock.INSTANCE, context.stallTimeoutNs());
  }

  private ExclusivePublication publish(
      String stream, int streamId, int termLength, RecordingDescription old) {
    ChannelUriStringBuilder channel =
        new ChannelUriStringBuilder()
            .media(CommonContext.IPC_MEDIA)
            .alias(DayCatalog.alias(stream, day));
    if (old == null) {
      channel.termLength(termLength).mtu(ArchiveHost.MTU_LENGTH);
    } else {
      channel
          .mtu(old.mtuLength())
          .initialPosition(old.stopPosition(), old.initialTermId(), old.termLength());
    }
    return aeron().addExclusivePublication(channel.build(), streamId);
  }

  private Recording record(
      String stream, ExclusivePublication publication, RecordingDescription old) {
    String channel =
        ChannelUri.addSessionId(
            CommonContext.IPC_CHANNEL + "?alias=" + DayCatalog.alias(stream, day),
            publication.sessionId());
    if (old == null) {
      host.client().startRecording(channel, publication.streamId(), SourceLocation.LOCAL, true);
    } else {
      host.client()
          .extendRecording(
              old.recordingId(), channel, publication.streamId(), SourceLocation.LOCAL, true);
    }
    CountersReader counters = host.counters();
    int[] counterId = {CountersReader.NULL_COUNTER_ID};
    host.requireInTime(
        () -> {
          counterId[0] =
              RecordingPos.findCounterIdBySession(
                  counters, publication.sessionId(), Aeron.NULL_VALUE);
          // The archive makes the counter first and sets it a moment later.
          return counterId[0] != CountersReader.NULL_COUNTER_ID
              && counters.getCounterValue(counterId[0]) >= publication.position();
        },
        "recording of the " + stream);
    long recordingId = RecordingPos.getRecordingId(counters, counterId[0]);
    return new Recording(
        context.archiveDirectory(),
        new DayCatalog(context.archiveDirectory()).byId(recordingId),
        new RecordedStream(
            stream, recordingId, counters, counterId[0], publication.position(), fault));
  }

  private Image joinedImage(Subscription subscription, String stream) {
    host.requireInTime(() -> subscription.imageCount() == 1, "reader of the " + stream);
    return subscription.imageAtIndex(0);
  }

  private Aeron aeron() {
    return host.aeron();
  }

  static void checkFrameLength(int length) {
    if (length > MAX_FRAME_LENGTH) {
      throw new IllegalArgumentException("length=" + length + " allowed=" + MAX_FRAME_LENGTH);
    }
  }

  /** Number of the day among the days of this archive, from 1. */
  public int day() {
    return day;
  }

  /** Whether this day was recorded before this start. */
  public boolean isContinued() {
    return isContinued;
  }

  /** Where the log of the day ended when the journal was opened. */
  public long logEnd() {
    return logEnd;
  }

  /** Where the events of the day ended when the journal was opened. */
  public long eventsEnd() {
    return eventsEnd;
  }

  /** The archive's number of the log's recording. */
  public long logRecordingId() {
    return logRecording.description().recordingId();
  }

  /** The archive's number of the event stream's recording. */
  public long eventRecordingId() {
    return eventRecording.description().recordingId();
  }

  /** The live log; it begins at {@link #logEnd}. */
  public Log log() {
    return log;
  }

  /** The live event stream; it begins at {@link #eventsEnd}. */
  public EventStream events() {
    return events;
  }

  /** A reader that the event stream waits for. Ask for it before the first offer. */
  public EventReader newEssentialReader() {
    return newReader(true);
  }

  /**
   * A reader that is left behind when it is slow: it may hold the stream up for some tens of
   * milliseconds, then it loses its place and joins again at the stream's end.
   */
  public EventReader newObserver() {
    return newReader(false);
  }

  /** Ends a reader of {@link #newObserver}: the stream waits for it no more. */
  public void release(EventReader observer) {
    ((AeronEventReader) observer).close();
  }

  private EventReader newReader(boolean essential) {
    Subscription subscription =
        aeron()
            .addSubscription(
                CommonContext.IPC_CHANNEL + "?tether=" + essential + "|rejoin=true",
                EVENTS_STREAM_ID);
    return new AeronEventReader(
        subscription, joinedImage(subscription, DayCatalog.EVENTS), essential);
  }

  /** The recorded events of the day; a reader of its own for each caller. */
  public EventHistory newEventHistory() {
    return eventRecording.newEventHistory();
  }

  /** The recorded log of the day; a reader of its own for each caller. */
  public LogHistory newLogHistory() {
    return logRecording.newLogHistory();
  }

  /** The recorder, when it has no thread of its own; else null. Its role is {@code tp-archive}. */
  public Agent recorder() {
    AgentInvoker invoker = host.invoker();
    return invoker == null ? null : new InvokedRecorder(invoker);
  }

  /**
   * Deletes the recordings of a day that is over; before the agents run.
   *
   * @param over number of the day; not that of this journal
   * @throws IllegalArgumentException when it is not over
   * @throws IllegalStateException when its files are not gone in time
   */
  public void purge(int over) {
    if (over >= day) {
      throw new IllegalArgumentException("day=" + over + " allowed=below " + day);
    }
    for (RecordingDescription recording : new DayCatalog(context.archiveDirectory()).recordings()) {
      if (DayCatalog.dayOf(recording) == over) {
        host.client().purgeRecording(recording.recordingId());
        host.requireInTime(() -> !hasFiles(recording), "purge of day " + over);
      }
    }
  }

  private boolean hasFiles(RecordingDescription recording) {
    String prefix = recording.recordingId() + "-";
    String[] names = context.archiveDirectory().list((dir, name) -> name.startsWith(prefix));
    return names != null && names.length > 0;
  }

  /** Stops both recordings, as a fault of the archive would. */
  void stopRecordings() {
    host.client().tryStopRecordingByIdentity(logRecordingId());
    stopRecordingOfEvents();
  }

  void stopRecordingOfEvents() {
    host.client().tryStopRecordingByIdentity(eventRecordingId());
  }

  /** Waits, bounded, until what was offered is recorded; after the agents have ended. */
  public void awaitRecorded() {
    host.await(
        () -> !logRecording.stream().hasUnrecorded() && !eventRecording.stream().hasUnrecorded(),
        CLOSE_TIMEOUT_NS);
  }

  /** Waits, bounded, until what was offered is recorded; then stops everything. */
  @Override
  public void close() {
    awaitRecorded();
    files.stop();
    CloseHelper.close(zeros);
    logRecording.stream().close();
    eventRecording.stream().close();
    CloseHelper.closeAll(host, files, lock);
  }

  private record InvokedRecorder(AgentInvoker invoker) implements Agent {
    @Override
    public int doWork() {
      return invoker.invoke();
    }

    @Override
    public String roleName() {
      return "tp-archive";
    }
  }
}
