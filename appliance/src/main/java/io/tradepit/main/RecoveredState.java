package io.tradepit.main;

import io.tradepit.host.StateStore;
import io.tradepit.host.StateStoreContext;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateLayout;
import io.tradepit.recovery.RecoveryStart;
import io.tradepit.recovery.SnapshotDamagedException;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.LogHistory;
import io.tradepit.stream.StreamTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The matching state at a start: taken over from the memory that a killed process left, else made
 * anew and loaded from the newest snapshot that is whole, else made anew and empty. What the log
 * has behind it is replayed then.
 *
 * @param from what the matcher has applied
 * @param table what the event stream had told up to the snapshot, or an empty one
 * @param snapshot that was used, or null
 * @param memoryNs until there was memory: made anew, cleared, or taken over and proved
 * @param loadNs of the snapshot
 */
record RecoveredState(
    StateStore store,
    Matcher matcher,
    RecoveryStart from,
    StreamTable table,
    RecoveryWay way,
    Path snapshot,
    long memoryNs,
    long loadNs) {

  /** What a start has at hand. */
  record Sources(
      StateStoreContext context,
      StateLayout layout,
      SwitchedSink sink,
      SavedState saved,
      LogHistory log,
      EventHistory events,
      List<String> notes) {
    Matcher matcherOn(StateStore store) {
      return new Matcher(layout, store.buffers("books"), store.buffers("pages"), sink);
    }
  }

  /** The warm way when the memory proves to be that of the recorded log, else the cold one. */
  static RecoveredState of(Sources sources) {
    long started = System.nanoTime();
    WarmRestart warm = new WarmRestart(sources);
    try {
      return warm(sources, warm, started).orElseGet(() -> cold(sources, warm.left(), started));
    } catch (RuntimeException e) {
      if (warm.left() != null) {
        discard(warm.left());
      }
      throw e;
    }
  }

  private static Optional<RecoveredState> warm(Sources sources, WarmRestart warm, long started) {
    try (SnapshotFile snapshot = sources.saved().newest(sources.log(), sources.events())) {
      StreamTable table = tableOf(snapshot);
      return warm.find(snapshot)
          .map(found ->
              new RecoveredState(
                  found.store(),
                  found.matcher(),
                  found.from(),
                  table,
                  RecoveryWay.WARM,
                  pathOf(snapshot),
                  System.nanoTime() - started,
                  0));
    }
  }

  private static StreamTable tableOf(SnapshotFile snapshot) {
    StreamTable[] table = {new StreamTable()};
    if (snapshot != null) {
      snapshot.history((buffer, offset, length) -> table[0] = StreamTable.load(buffer, offset));
    }
    return table[0];
  }

  private static Path pathOf(SnapshotFile snapshot) {
    return snapshot == null ? null : snapshot.path();
  }

  // Memory of the right size is there after a kill: to make it anew takes seconds.
  private static RecoveredState cold(Sources sources, StateStore left, long started) {
    StateStore store = left == null ? StateStore.create(sources.context()) : left.clear();
    long memoryNs = System.nanoTime() - started;
    while (true) {
      try (SnapshotFile snapshot = sources.saved().newest(sources.log(), sources.events())) {
        return loaded(sources, store, snapshot, memoryNs);
      } catch (SnapshotDamagedException e) {
        // It has spoilt the memory for the one before it.
        sources.saved().rejectNewest(e.getMessage());
        store.clear();
      } catch (RuntimeException e) {
        discard(store);
        throw e;
      }
    }
  }

  private static RecoveredState loaded(
      Sources sources, StateStore store, SnapshotFile snapshot, long memoryNs) {
    long started = System.nanoTime();
    Matcher matcher = sources.matcherOn(store);
    StreamTable table = SavedState.load(snapshot, matcher);
    return new RecoveredState(
        store,
        matcher,
        SavedState.startOf(snapshot, sources.log(), sources.events()),
        table,
        snapshot == null ? RecoveryWay.LOG : RecoveryWay.SNAPSHOT,
        pathOf(snapshot),
        memoryNs,
        System.nanoTime() - started);
  }

  private static void discard(StateStore store) {
    store.close();
    store.delete();
  }
}
