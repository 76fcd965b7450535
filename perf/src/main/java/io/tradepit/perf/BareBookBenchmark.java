package io.tradepit.perf;

import io.tradepit.matching.book.OrderBook;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Operations of {@code matching.book} by itself against 1,000 levels a side of five orders each:
 * beside {@link BookBenchmark}, which times whole commands of the matcher on such a book, it says
 * how much of a command the book is. An add and its removal are one operation: the order's record
 * stays the caller's, so pools of orders, sessions, hashes and events are not in the time. Each
 * change ends with the top of book written.
 */
public class BareBookBenchmark extends OneThreadBenchmark {
  private static final int BATCH = 256;

  private final BareBook book = new BareBook();
  private final int[] orders = new int[BATCH];
  private final int[] levels = new int[BATCH];

  /** Makes the records and the levels that are gone to, the same in each run. */
  public BareBookBenchmark() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < BATCH; i++) {
      orders[i] = book.order();
      levels[i] = random.nextInt(BareBook.LEVELS);
    }
  }

  /** Every operation leaves the book as it was. */
  @TearDown(Level.Iteration)
  public void check() {
    book.requireWhole();
  }

  /** An order is added at the best level, which exists, and taken out again. */
  @Benchmark
  public int addAndRemoveAtTouch() {
    int price = BareBook.price(OrderBook.BID, 0);
    book.add(orders[0], OrderBook.BID, price);
    book.remove(orders[0], OrderBook.BID);
    return orders[0];
  }

  /** An order goes to a random level of the 1,000, all of which exist, and out again. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int addAndRemoveAnywhere() {
    for (int i = 0; i < BATCH; i++) {
      book.add(orders[i], OrderBook.BID, BareBook.price(OrderBook.BID, levels[i]));
    }
    for (int i = 0; i < BATCH; i++) {
      book.remove(orders[i], OrderBook.BID);
    }
    return orders[0];
  }

  /**
   * An order makes a level at a random place between others, and takes it away with it: the cheap
   * case, in which no node of the tree comes or goes. The dear one is {@link #makeAndRemoveTwo}.
   */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int makeAndRemoveLevel() {
    for (int i = 0; i < BATCH; i++) {
      book.add(orders[i], OrderBook.BID, BareBook.priceBetween(OrderBook.BID, levels[i]));
      book.remove(orders[i], OrderBook.BID);
    }
    return orders[0];
  }

  /**
   * Two neighbouring levels far from all others are made and taken away: the second one makes two
   * nodes, the last one frees them. The time is that of both levels.
   */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int makeAndRemoveTwo() {
    for (int i = 0; i < BATCH; i++) {
      int other = orders[BATCH - 1 - i];
      book.add(orders[i], OrderBook.BID, BareBook.farPrice(0));
      book.add(other, OrderBook.BID, BareBook.farPrice(1));
      book.remove(orders[i], OrderBook.BID);
      book.remove(other, OrderBook.BID);
    }
    return orders[0];
  }

  /** The best bid and the best ask, looked up in the levels, not in the top-of-book line. */
  @Benchmark
  public int bestOfBothSides() {
    int spread = book.bestPrice(OrderBook.ASK) - book.bestPrice(OrderBook.BID);
    int expected = BareBook.price(OrderBook.ASK, 0) - BareBook.price(OrderBook.BID, 0);
    if (spread != expected) {
      throw new IllegalStateException("spread=" + spread + " expected=" + expected);
    }
    return spread;
  }

  /** From one order to the next in priority, over all levels of a side; the time is that of one. */
  @Benchmark
  @OperationsPerInvocation(5 * BareBook.LEVELS)
  public int nextInPriority() {
    int count = book.walk(OrderBook.ASK);
    if (count != 5 * BareBook.LEVELS) {
      throw new IllegalStateException("orders=" + count);
    }
    return count;
  }
}
