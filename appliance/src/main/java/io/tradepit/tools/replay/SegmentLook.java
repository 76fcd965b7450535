package io.tradepit.tools.replay;

import io.tradepit.config.SegmentPaths;
import io.tradepit.matching.book.BookDepth;
import io.tradepit.tools.book.SegmentBooks;
import io.tradepit.tools.segment.SegmentPlace;
import java.util.function.Supplier;

/**
 * Looks at the books inside the segment, in its memory, read-only: in lockstep after each command
 * that has a row, and at the end, then at every level. One thread at a time.
 */
final class SegmentLook implements AutoCloseable {
  private static final int LEVELS_AT_FIRST = 8;

  private final ReplayFlow flow;
  private final ExpectedBooks expected;
  private final Findings findings;
  private final SegmentBooks books;
  private final int[] instruments;
  private final BookDepth depth;
  private long checked;
  private long equal;

  /**
   * Maps the segment's state.
   *
   * @param expected null = rows are not compared
   * @throws ReplayFailedException when it is not there, naming where it was looked for
   */
  SegmentLook(SegmentPlace place, ReplayFlow flow, ExpectedBooks expected, Findings findings) {
    this.flow = flow;
    this.expected = expected;
    this.findings = findings;
    var state = SegmentPaths.of(place.config()).state();
    books =
        SegmentBooks.open(state)
            .orElseThrow(() ->
                new ReplayFailedException(
                    "state=" + state + ": no books there; does the segment run?"));
    instruments = flow.symbols().stream().mapToInt(books::find).toArray();
    depth = new BookDepth(expected == null ? LEVELS_AT_FIRST : expected.levels());
  }

  /**
   * Before the play: orders that rest already would match, and no receiver knows them.
   *
   * @throws ReplayFileException when a book is not empty
   */
  void requireEmpty() {
    for (int i = 0; i < instruments.length; i++) {
      if (instruments[i] == 0) {
        throw new ReplayFileException(
            "symbol=%s: the running segment has no such instrument"
                .formatted(flow.symbols().get(i)));
      }
      if (!isWhole(i, depth)) {
        throw new ReplayFailedException(
            "symbol=%s book=busy: it could not be looked at".formatted(flow.symbols().get(i)));
      }
      if (depth.bids().levels() + depth.asks().levels() > 0) {
        throw new ReplayFileException(
            "symbol=%s: its book has %d levels: allowed an empty one; 'session cancel-all' or a fresh segment"
                .formatted(flow.symbols().get(i), depth.bids().levels() + depth.asks().levels()));
      }
    }
  }

  /** Compares with the command's row, if it has one. */
  void after(int command) {
    int row = flow.row(command);
    if (expected == null || row == ReplayFlow.NONE) {
      return;
    }
    boolean whole = isWhole(flow.instrument(command), depth);
    int slot = expected.slotOf(row);
    count(
        whole && BookText.isEqual(expected, slot, depth),
        () ->
            "book n=%d row=%d from=segment expected=%s seen=%s"
                .formatted(
                    flow.number(command),
                    row,
                    BookText.of(expected, slot),
                    whole ? BookText.of(depth) : "busy"));
  }

  /** After the play: every level of an instrument equals the book that the feed has made. */
  void atEnd(int instrument, ReceivedBook received) {
    int levels = Math.max(received.bids().size(), received.asks().size()) + 1;
    BookDepth all = new BookDepth(levels);
    boolean whole = isWhole(instrument, all);
    count(
        whole && BookText.isEqual(received, all),
        () ->
            "book symbol=%s at=end from=segment multicast=%s segment=%s"
                .formatted(
                    flow.symbols().get(instrument),
                    BookText.of(received, levels),
                    whole ? BookText.of(all) : "busy"));
  }

  long checked() {
    return checked;
  }

  long equal() {
    return equal;
  }

  private boolean isWhole(int instrument, BookDepth to) {
    return books.look(instruments[instrument], to) == SegmentBooks.Look.WHOLE;
  }

  private void count(boolean isEqual, Supplier<String> finding) {
    checked++;
    if (isEqual) {
      equal++;
    } else if (findings.keepsMore()) {
      findings.add(finding.get());
    } else {
      findings.addCounted();
    }
  }

  @Override
  public void close() {
    books.close();
  }
}
