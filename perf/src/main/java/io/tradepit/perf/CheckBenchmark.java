package io.tradepit.perf;

import io.tradepit.protocol.ouch.OuchCommandDecoder;
import io.tradepit.protocol.ouch.OuchRequestEncoder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What stands between a message and its match. In the gateway: the message's form; its two rates
 * are a few subtractions each and not timed. In the matcher: everything else (number, venue, terms,
 * firm, tags), timed as whole commands that end at a certain check, so that their differences are
 * the checks. The product has no limits on positions or credit; there is nothing of that kind to
 * measure.
 *
 * <p>Commands of the matcher come in batches, against the book of {@link BookBenchmark}, which they
 * leave as it is.
 */
public class CheckBenchmark extends OneThreadBenchmark {
  private final UnsafeBuffer enter =
      new UnsafeBuffer(BufferUtil.allocateDirectAligned(OuchRequestEncoder.MAX_LENGTH, 64));
  private final OuchCommandDecoder ouch = new OuchCommandDecoder();
  private int enterLength;
  private int commandLength;

  /** Not in the time. */
  @Setup
  public void write() {
    OuchRequestEncoder requests = new OuchRequestEncoder().wrap(enter, 0);
    requests.enter(1, (byte) 'B', 100, CommandWriter.SYMBOL, 1_503_400, OuchRequestEncoder.DAY);
    enterLength = requests.clOrdId("ORDER1").tag(2, "MKRA").length();
    commandLength = ouch.check(enter, 0, enterLength);
  }

  /** The form of an OUCH Enter Order with one tag. */
  @Benchmark
  public int form() {
    int length = ouch.check(enter, 0, enterLength);
    if (length != commandLength || length <= 0) {
      throw new IllegalStateException("length=" + length + " expected=" + commandLength);
    }
    return length;
  }

  /** Commands that end at a check of the matcher. */
  public abstract static class Refused {
    final BenchmarkBook book = new BenchmarkBook();
    private final int answers;

    Refused(int answers) {
      this.answers = answers;
    }

    /** Not in the time. */
    @TearDown(Level.Invocation)
    public void check() {
      book.requireWhole();
      book.requireEvents(answers);
    }
  }

  /** Their number was used. */
  @State(Scope.Thread)
  public static class Repeats extends Refused {
    /** JMH makes it. */
    public Repeats() {
      super(0);
    }

    /** Not in the time. */
    @Setup(Level.Invocation)
    public void write() {
      book.writeRepeats();
    }
  }

  /** There is no such symbol. */
  @State(Scope.Thread)
  public static class UnknownSymbols extends Refused {
    /** JMH makes it. */
    public UnknownSymbols() {
      super(BenchmarkBook.BATCH);
    }

    /** Not in the time. */
    @Setup(Level.Invocation)
    public void write() {
      book.writeUnknownSymbols();
    }
  }

  /** Nothing is wrong but the last tag. */
  @State(Scope.Thread)
  public static class LastTags extends Refused {
    /** JMH makes it. */
    public LastTags() {
      super(BenchmarkBook.BATCH);
    }

    /** Not in the time. */
    @Setup(Level.Invocation)
    public void write() {
      book.writeWrongLastTags();
    }
  }

  /**
   * The matcher's frame around every command: hash of the log, counters; no check but the number.
   */
  @Benchmark
  @OperationsPerInvocation(BenchmarkBook.BATCH)
  public long ignoredAsRepeat(Repeats commands) {
    return commands.book.applyBatch();
  }

  /** Refused at the symbol, about half of the checks, with its Rejected event. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkBook.BATCH)
  public long refusedAtSymbol(UnknownSymbols commands) {
    return commands.book.applyBatch();
  }

  /** Refused at the last check of an order's values, with its Rejected event. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkBook.BATCH)
  public long refusedAtLastTag(LastTags commands) {
    return commands.book.applyBatch();
  }
}
