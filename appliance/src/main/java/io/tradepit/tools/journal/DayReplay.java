package io.tradepit.tools.journal;

import io.tradepit.host.SparseMemory;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.EventSink;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.SnapshotLoader;
import io.tradepit.matching.StateLayout;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.stream.LogFrame;

/**
 * A matcher of its own, in memory of which untouched pages cost nothing, for the replay of a
 * recorded day. One thread.
 */
final class DayReplay implements AutoCloseable {
  private final SparseMemory memory;
  private final Matcher matcher;

  /**
   * @param sink takes what the matcher emits
   */
  DayReplay(Capacities capacities, EventSink sink) {
    StateLayout layout = StateLayout.of(capacities);
    memory =
        SparseMemory.reserve(
            new FfmLibc(),
            SparseMemory.lengthOf(layout.books(), layout.bookBytes())
                + SparseMemory.lengthOf(layout.pages(), layout.pageBytes()));
    matcher =
        new Matcher(
            layout,
            memory.buffers(layout.books(), layout.bookBytes()),
            memory.buffers(layout.pages(), layout.pageBytes()),
            sink);
  }

  Matcher matcher() {
    return matcher;
  }

  /**
   * Begins with a snapshot instead of the day's beginning; before the first command. When it fails
   * the matcher is of no use.
   *
   * @throws io.tradepit.matching.SnapshotRefusedException when its messages do not fit
   * @throws io.tradepit.recovery.SnapshotDamagedException when the file is damaged
   */
  void load(SnapshotFile snapshot) {
    SnapshotLoader loader = new SnapshotLoader(matcher);
    snapshot.messages(loader::onMessage);
    loader.requireComplete();
  }

  /** Applies a command and all that it leaves to do. */
  void apply(LogCursor log) {
    boolean complete =
        matcher.onCommand(
            log.sequence(),
            log.timeNs(),
            log.buffer(),
            LogFrame.HEADER_LENGTH,
            log.commandLength());
    while (!complete) {
      complete = matcher.resume();
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
