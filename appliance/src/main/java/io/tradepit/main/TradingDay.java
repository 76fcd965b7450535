package io.tradepit.main;

import io.aeron.archive.ArchiveThreadingMode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.host.PageKind;
import io.tradepit.host.StateStore;
import io.tradepit.host.StateStoreContext;
import io.tradepit.journal.Durability;
import io.tradepit.journal.EventFrameWriter;
import io.tradepit.journal.Journal;
import io.tradepit.journal.JournalContext;
import io.tradepit.journal.ReleasedLogAgent;
import io.tradepit.kernel.Libc;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateLayout;
import io.tradepit.recovery.CatchUpLog;
import io.tradepit.recovery.Recovery;
import io.tradepit.recovery.RecoveryResult;
import io.tradepit.recovery.RecoveryStart;
import io.tradepit.recovery.Replayable;
import io.tradepit.recovery.SnapshotDamagedException;
import io.tradepit.recovery.SnapshotDirectory;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.Log;
import io.tradepit.stream.LogHistory;
import io.tradepit.stream.StreamTable;
import io.tradepit.telemetry.CommandStamps;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.time.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a day and the matcher with that day's state: a new day, or the one that was
 * recorded, replayed.
 *
 * <p>Opened and closed by the starting thread, before and after the agents run.
 */
final class TradingDay implements AutoCloseable {
  private static final int COMMANDS_OF_A_CYCLE = 64;
  private static final Logger LOGGER = LoggerFactory.getLogger(TradingDay.class);

  final Journal journal;
  final StateStore store;
  final Matcher matcher;

  /** What the event stream had told up to where this start read on. */
  final StreamTable table;

  final SwitchedSink sink = new SwitchedSink();
  final Capacities capacities;

  /** Of the day that goes on; empty for one that is not open yet. */
  final String streamSession;

  final List<EventReader> essentialReaders = new ArrayList<>();
  final EventReader observer;
  final EventReader openingReader;
  final RecoveryReport recovery;
  final Log log;

  final EventFrameWriter events;
  final ReleasedLogAgent matcherAgent;

  /** When the next timer of the matcher is due. */
  final Deadline timers = new Deadline();

  final LogTail tail;

  /** Message number of the feed at the end of the recorded events, from 1. */
  final long nextFeedMessageNumber;

  private final LogHistory recordedLog;
  private final SegmentPaths places;

  /** Goes on with the newest recorded day; begins one when there is none or it was closed. */
  static TradingDay open(
      SegmentConfig config,
      Libc libc,
      SegmentThreads threads,
      Faults faults,
      CounterFactory counters,
      CommandStamps stamps,
      int essentialReaders) {
    Map<String, AtomicCounter> made = new HashMap<>();
    CounterFactory once =
        (name, help) -> made.computeIfAbsent(name, n -> counters.counter(n, help));
    TradingDay day =
        new TradingDay(config, libc, threads, faults, once, stamps, essentialReaders, false);
    if (!day.matcher.isDayClosed()) {
      return day;
    }
    LOGGER.info("day={} is closed: a new day begins", day.journal.day());
    day.close();
    return new TradingDay(config, libc, threads, faults, once, stamps, essentialReaders, true);
  }

  private TradingDay(
      SegmentConfig config,
      Libc libc,
      SegmentThreads threads,
      Faults faults,
      CounterFactory counters,
      CommandStamps stamps,
      int readers,
      boolean newDay) {
    SegmentPaths paths = SegmentPaths.of(config);
    places = paths;
    long begunNs = System.nanoTime();
    if (!StateStore.isLeftBehind(paths.state())) {
      Thread.ofPlatform().daemon().name("tp-prepare").start(StateStore::prepare);
    }
    journal =
        DayJournal.open(
            begun -> journalContext(config, paths, threads, faults::onError, begun), newDay);
    long journalNs = System.nanoTime() - begunNs;
    StateStore made = null;
    try {
      removeUnfinishedSnapshots();
      recordedLog = journal.newLogHistory();
      RecordedDay recorded = RecordedDay.read(recordedLog, journal.logEnd());
      capacities = recorded == null ? configured(config) : recorded.capacities();
      streamSession = recorded == null ? "" : recorded.streamSession();
      List<String> notes = new ArrayList<>();
      RecoveredState state = recoverState(config, libc, notes);
      made = state.store();
      store = made;
      matcher = state.matcher();
      table = state.table();
      for (int i = 0; i < readers; i++) {
        essentialReaders.add(journal.newEssentialReader());
      }
      observer = journal.newObserver();
      openingReader = journal.newEssentialReader();
      ReplayedMatcher replayed = new ReplayedMatcher();
      RecoveryResult result = replay(state.from(), replayed);
      recovery = RecoveryReport.of(journal, journalNs, state, result, notes);
      nextFeedMessageNumber =
          result.appended() ? replayed.feedBeforeLastStep : matcher.feedMessages() + 1;
      tail =
          new LogTail(matcher.lastSequence(), matcher.lastTimeNs())
              .scan(recordedLog, result.lastCommandPosition(), journal.logEnd());
      log = new CatchUpLog(recordedLog, result.logPosition(), journal.logEnd(), journal.log());
      events = new EventFrameWriter(journal.events(), Matcher.MAX_STEP_BYTES);
      sink.direct(events::onEvents);
      matcherAgent =
          new ReleasedLogAgent(
              log, new LiveMatcher(matcher, timers), events, COMMANDS_OF_A_CYCLE, stamps, counters);
      catchUp();
    } catch (RuntimeException e) {
      CloseHelper.quietClose(journal);
      if (made != null) {
        made.close();
        made.delete();
      }
      places.removeEmpty();
      throw e;
    }
  }

  // As far as the event stream has room; what is left is done when its readers run.
  private void catchUp() {
    while (matcherAgent.doWork() > 0) {
      Thread.onSpinWait();
    }
    // A recorder without a thread is driven by no one until the agents run.
    journal.awaitRecorded();
  }

  private RecoveredState recoverState(SegmentConfig config, Libc libc, List<String> notes) {
    StateLayout layout = StateLayout.of(capacities);
    try (EventHistory history = journal.newEventHistory()) {
      RecoveredState state =
          RecoveredState.of(
              new RecoveredState.Sources(
                  storeContext(config, libc, layout),
                  layout,
                  sink,
                  savedState(notes),
                  recordedLog,
                  history,
                  notes));
      notes.forEach(LOGGER::info);
      return state;
    }
  }

  /** The snapshots of this day. */
  SavedState savedState(List<String> notes) {
    return new SavedState(
        snapshots(),
        new SavedState.DayRecordings(
            journal.day(),
            journal.logRecordingId(),
            journal.eventRecordingId(),
            journal.logEnd(),
            journal.eventsEnd()),
        notes);
  }

  SnapshotDirectory snapshots() {
    return new SnapshotDirectory(places.snapshots());
  }

  private void removeUnfinishedSnapshots() {
    try {
      snapshots().removeUnfinished();
    } catch (IOException e) {
      LOGGER.warn("snapshots left half written stay: {}", e.toString());
    }
  }

  /** A second matcher that goes after this day's; for the calling thread, which closes it. */
  Replica newReplica(Libc libc) {
    LogHistory log = journal.newLogHistory();
    EventHistory history = journal.newEventHistory();
    try {
      SavedState saved = savedState(new ArrayList<>());
      while (true) {
        try (SnapshotFile snapshot = saved.newest(log, history)) {
          return new Replica(capacities, libc, log, history, snapshot);
        } catch (SnapshotDamagedException e) {
          saved.rejectNewest(e.getMessage());
        }
      }
    } catch (RuntimeException e) {
      CloseHelper.closeAll(log, history);
      throw e;
    }
  }

  private RecoveryResult replay(RecoveryStart from, Replayable replayed) {
    try (EventHistory history = journal.newEventHistory()) {
      Recovery replay =
          new Recovery(
                  from,
                  recordedLog,
                  journal.logEnd(),
                  history,
                  journal.eventsEnd(),
                  journal.events())
              .onProgress(commands -> LOGGER.info("recovery commands={}", commands));
      sink.direct(replay::onEvents);
      return replay.run(replayed);
    }
  }

  static Capacities configured(SegmentConfig config) {
    SegmentConfig.Capacities capacities = config.capacities();
    return new Capacities(
        capacities.orders(),
        capacities.levels(),
        capacities.openOrdersOfSession(),
        capacities.instruments(),
        capacities.sessions());
  }

  private static JournalContext journalContext(
      SegmentConfig config,
      SegmentPaths paths,
      SegmentThreads threads,
      ErrorHandler errors,
      boolean newDay) {
    return new JournalContext()
        .aeronDirectory(paths.aeron().toFile())
        .archiveDirectory(paths.archive().toFile())
        .durability(Durability.valueOf(config.durability().name()))
        .zerosAhead(config.storage().zerosAhead() == SegmentConfig.Switch.ON)
        .errorHandler(errors)
        .recorderThreading(recorderThreading(config))
        .recorderIdleStrategy(recorderIdle(config.threadOf("recorder")))
        .recorderThreadFactory(threads.factory(config.threadOf("recorder")))
        .mediaThreadFactory(threads.factory(config.threadOf("media")))
        .mediaIdleStrategy(SegmentThreads.idle(config.threadOf("media").idle()))
        .newDay(newDay);
  }

  // On a thread with other roles the recorder is one more agent of it.
  private static ArchiveThreadingMode recorderThreading(SegmentConfig config) {
    return config.threadOf("recorder").roles().size() > 1
        ? ArchiveThreadingMode.INVOKER
        : ArchiveThreadingMode.SHARED;
  }

  // Backing off is the journal's own way, which never parks while bytes are unrecorded.
  private static IdleStrategy recorderIdle(SegmentConfig.ThreadPlan plan) {
    return plan.idle() == SegmentConfig.Idle.BACKOFF ? null : SegmentThreads.idle(plan.idle());
  }

  // Memory files on a disk would outlive the machine's crash, mixed of old and new pages.
  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StateStoreContext storeContext(SegmentConfig config, Libc libc, StateLayout layout) {
    Map<String, String> description = new HashMap<>(layout.description());
    description.put("boot", bootId());
    description.put("day", Integer.toString(journal.day()));
    description.put("logRecordingId", Long.toString(journal.logRecordingId()));
    description.put("eventRecordingId", Long.toString(journal.eventRecordingId()));
    return new StateStoreContext()
        .directory(places.state())
        .pageKind(PageKind.valueOf(config.pages().name()))
        .node(SegmentHost.nodeOfState(config))
        .libc(libc)
        .area("books", layout.bookBytes(), layout.books())
        .block("pages", layout.pageBytes(), layout.pages())
        .description(description);
  }

  /**
   * Matches what was logged and not yet polled when the agents ended, so that a state that is saved
   * at the stop lacks no command. After every agent has ended; waits, bounded, for the recordings.
   */
  void drain() {
    journal.awaitRecorded();
    long before;
    do {
      before = log.polledPosition();
    } while (matcherAgent.doWork() > 0 || log.polledPosition() > before);
    journal.awaitRecorded();
  }

  /** Closes the recordings and unmaps the state; its files are deleted, the log is the truth. */
  @Override
  public void close() {
    try {
      CloseHelper.closeAll(recordedLog, journal);
    } finally {
      store.close();
      store.delete();
      places.removeEmpty();
    }
  }

  private final class ReplayedMatcher implements Replayable {
    private long feedBeforeLastStep = 1;

    @Override
    public boolean onCommand(
        long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
      feedBeforeLastStep = matcher.feedMessages() + 1;
      return matcher.onCommand(sequence, timeNs, buffer, offset, length);
    }

    @Override
    public boolean resume() {
      feedBeforeLastStep = matcher.feedMessages() + 1;
      return matcher.resume();
    }
  }
}
