package io.tradepit.perf;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One command of the matcher against a {@link BenchmarkBook}: rules, book, session and events, the
 * events only counted.
 *
 * <p>An invocation applies a batch of commands written before it; what puts the book back after it
 * is not in the time either. Commands of one kind behind one another find caches and branches
 * warmer than a matcher does that waits for orders of all kinds.
 */
public class BookBenchmark extends OneThreadBenchmark {
  private static final int SWEEPS = 20;
  private static final int NEAR_LEVELS = 50;
  private static final int FIRST_DEEP_LEVEL = 900;
  private static final int DEEP_LEVELS = 100;

  /** Bids at the best price. */
  @State(Scope.Thread)
  public static class AddsAtTouch {
    private final BenchmarkBook book = new BenchmarkBook();

    /** Not in the time. */
    @Setup(Level.Invocation)
    public void write() {
      book.writeAdds(0, 1);
    }

    /** Not in the time. */
    @TearDown(Level.Invocation)
    public void restore() {
      book.cancelAdded();
      book.requireWhole();
    }
  }

  /** Bids at the 901st to 1,000th best price. */
  @State(Scope.Thread)
  public static class DeepAdds {
    private final BenchmarkBook book = new BenchmarkBook();

    /** Not in the time. */
    @Setup(Level.Invocation)
    public void write() {
      book.writeAdds(FIRST_DEEP_LEVEL, DEEP_LEVELS);
    }

    /** Not in the time. */
    @TearDown(Level.Invocation)
    public void restore() {
      book.cancelAdded();
      book.requireWhole();
    }
  }

  /** Orders at the best 50 prices, in random order. */
  @State(Scope.Thread)
  public static class Cancels {
    private final BenchmarkBook book = new BenchmarkBook();

    /** Not in the time. */
    @Setup(Level.Invocation)
    public void write() {
      book.writeCancels(0, NEAR_LEVELS);
    }

    /** Not in the time. */
    @TearDown(Level.Invocation)
    public void check() {
      book.requireWhole();
    }
  }

  /** Immediate-or-cancel orders that take whole levels of five orders each. */
  @State(Scope.Thread)
  public static class Sweeps {
    private final BenchmarkBook book = new BenchmarkBook();

    /** Levels that an order takes. */
    @Param({"1", "5", "20"})
    public int levels;

    /** Not in the time. */
    @Setup(Level.Invocation)
    public void write() {
      book.writeSweeps(SWEEPS, levels);
    }

    /** Not in the time. */
    @TearDown(Level.Invocation)
    public void restore() {
      book.restoreAsks(SWEEPS * levels);
      book.requireWhole();
    }
  }

  /** A day order that rests at the touch. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkBook.BATCH)
  public long addAtTouch(AddsAtTouch adds) {
    return adds.book.applyBatch();
  }

  /** A day order that rests deep in the book. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkBook.BATCH)
  public long addDeep(DeepAdds adds) {
    return adds.book.applyBatch();
  }

  /** A cancel of all that is open of an order. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkBook.BATCH)
  public long cancel(Cancels cancels) {
    return cancels.book.applyBatch();
  }

  /** An order that matches five orders at each of some levels. */
  @Benchmark
  @OperationsPerInvocation(SWEEPS)
  public long sweep(Sweeps sweeps) {
    return sweeps.book.applyBatch();
  }
}
