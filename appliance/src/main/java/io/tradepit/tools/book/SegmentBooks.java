package io.tradepit.tools.book;

import io.tradepit.host.StateView;
import io.tradepit.matching.book.BookDepth;
import io.tradepit.matching.book.BookView;
import io.tradepit.protocol.itch.ItchText;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * The books of a segment as its state files in memory show them, while it runs or after it was
 * killed. One thread.
 *
 * <pre>{@code
 * try (SegmentBooks books = SegmentBooks.open(config.stateDirectory()).orElseThrow()) {
 *   BookDepth depth = new BookDepth(10);
 *   int instrument = books.find("MAPLE");
 *   if (books.look(instrument, depth) == SegmentBooks.Look.WHOLE) {
 *     ... depth.bids().price(0) ...
 *   }
 * }
 * }</pre>
 *
 * <p>A view is of one run of the segment: after its restart another one must be opened, see {@link
 * #isRunning}.
 */
public final class SegmentBooks implements AutoCloseable {
  /** How often a look is tried. */
  public static final int MOST_TRIES = 1_000;

  /** How long a look is tried. */
  public static final long MOST_NS = 5_000_000;

  /** Tries between two readings of the clock, at each of which the processor is given up. */
  private static final int TRIES_AT_ONCE = 50;

  /** What became of a look. */
  public enum Look {
    /** The copy is the book as it was at one moment between two steps of the matcher. */
    WHOLE,
    /** The book kept changing; the copy is of no use. */
    BUSY,
    /** The segment died while it changed this book: the copy is what it left. */
    HALF_CHANGED
  }

  private final StateView state;
  private final BookView books;
  private long tries;

  private SegmentBooks(StateView state, BookView books) {
    this.state = state;
    this.books = books;
  }

  /**
   * Maps the state of a segment.
   *
   * @param stateDirectory where its state files are
   * @return empty when there are none: it is not running, and it was stopped, not killed
   * @throws IllegalArgumentException when they are of another version of Tradepit
   * @throws java.io.UncheckedIOException when they may not be read
   */
  public static Optional<SegmentBooks> open(Path stateDirectory) {
    return StateView.open(stateDirectory).map(SegmentBooks::of);
  }

  private static SegmentBooks of(StateView state) {
    try {
      BookView books =
          BookView.of(state.description(), state.entries("books"), state.entries("pages"));
      return new SegmentBooks(state, books);
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  /** Whether the segment that the state is of runs; reads /proc. */
  public boolean isRunning() {
    return state.isWriterRunning();
  }

  /** Its process id. */
  public long pid() {
    return state.writerPid();
  }

  /** Instruments listed so far; they are numbered from 1. */
  public int instruments() {
    return books.instruments();
  }

  /** The instrument of a symbol, or 0. */
  public int find(String symbol) {
    return books.find(ItchText.symbol(symbol));
  }

  /** The symbol of an instrument, without padding. */
  public String symbol(int instrument) {
    return ItchText.symbol(books.symbol(instrument));
  }

  /** The sequence number of the last command that was applied whole. */
  public long lastSequence() {
    return books.lastSequence();
  }

  /** Tries of all looks so far; a look that meets no change takes one. */
  public long tries() {
    return tries;
  }

  /** The version of a book: another one means that it has changed. Odd while it changes. */
  public long version(int instrument) {
    return books.version(instrument);
  }

  /**
   * Copies the best levels of a book, at most {@link #MOST_TRIES} times and {@link #MOST_NS} long.
   *
   * @param instrument from 1 to {@link #instruments}
   */
  public Look look(int instrument, BookDepth to) {
    if (tryToCopy(instrument, to)) {
      return Look.WHOLE;
    }
    if (isRunning()) {
      return Look.BUSY;
    }
    // It may have died after the last try.
    if (tryToCopy(instrument, to)) {
      return Look.WHOLE;
    }
    books.copy(instrument, to);
    return Look.HALF_CHANGED;
  }

  private boolean tryToCopy(int instrument, BookDepth to) {
    long begunNs = System.nanoTime();
    for (int done = 0; done < MOST_TRIES; done++) {
      tries++;
      if (books.tryCopy(instrument, to)) {
        return true;
      }
      Thread.onSpinWait();
      if (done % TRIES_AT_ONCE == TRIES_AT_ONCE - 1) {
        // The matcher may be waiting for this very core in the middle of a change.
        YieldingIdleStrategy.INSTANCE.idle();
        if (System.nanoTime() - begunNs > MOST_NS) {
          return false;
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    state.close();
  }
}
