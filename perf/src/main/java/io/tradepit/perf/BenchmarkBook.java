package io.tradepit.perf;

import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateLayout;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A matcher with a book of 1,000 levels a side, 20 ticks apart, five orders of 100 at each, and a
 * batch of commands for it. Level 0 is the touch.
 */
final class BenchmarkBook {
  static final int BATCH = 1000;
  static final int LEVELS = 1000;
  private static final int ORDERS_OF_LEVEL = 5;
  private static final int QUANTITY = 100;
  private static final long MIDDLE = 10_000_000;
  private static final long BETWEEN_LEVELS = 2000;
  private static final Capacities CAPACITIES = new Capacities(20_000, 8_000, 20_000, 1, 1);

  private final CommandWriter writer = new CommandWriter();
  private final UnsafeBuffer batch = commands(BATCH);
  private final UnsafeBuffer single = commands(1);
  private final SplittableRandom random = new SplittableRandom(7);
  private final int[] shuffled = new int[BATCH];
  private final Matcher matcher;
  private int commands;
  private long sequence;
  private long number;
  private long firstOfBatch;
  private long events;
  private long eventsBefore;

  BenchmarkBook() {
    StateLayout layout = StateLayout.of(CAPACITIES);
    matcher =
        new Matcher(
            layout,
            StateMemory.books(layout),
            StateMemory.pages(layout),
            (s, t, w, first, count, last, b, offset, length) -> events += count);
    open();
    for (int i = 0; i < LEVELS; i++) {
      restLevel(true, i);
      restLevel(false, i);
    }
    for (int i = 0; i < BATCH; i++) {
      shuffled[i] = i;
    }
    requireWhole();
  }

  private static UnsafeBuffer commands(int count) {
    return new UnsafeBuffer(BufferUtil.allocateDirectAligned(count * CommandWriter.MAX_LENGTH, 64));
  }

  private void open() {
    one().openDay(CAPACITIES);
    applyOne();
    one().defineInstrument();
    applyOne();
    one().defineSession();
    applyOne();
    one().connect();
    applyOne();
    one().startTrading();
    applyOne();
  }

  private CommandWriter one() {
    return writer.wrap(single, 0);
  }

  private void applyOne() {
    apply(single, 0);
  }

  private void apply(UnsafeBuffer buffer, int offset) {
    MatcherCommand.apply(matcher, ++sequence, buffer, offset);
  }

  /** Applies the batch; returns all events so far, so that none is left out. */
  long applyBatch() {
    for (int i = 0; i < commands; i++) {
      apply(batch, i * CommandWriter.MAX_LENGTH);
    }
    return events;
  }

  private CommandWriter next() {
    return writer.wrap(batch, commands++ * CommandWriter.MAX_LENGTH);
  }

  private static long price(boolean buys, int level) {
    long away = BETWEEN_LEVELS * (level + 1L);
    return MIDDLE + (buys ? -away : away);
  }

  private void restLevel(boolean buys, int level) {
    for (int i = 0; i < ORDERS_OF_LEVEL; i++) {
      one().enter(++number, buys, QUANTITY, price(buys, level), CommandWriter.DAY);
      applyOne();
    }
  }

  /** The batch adds a bid at a random one of some levels, each. */
  void writeAdds(int firstLevel, int levels) {
    commands = 0;
    firstOfBatch = number + 1;
    while (commands < BATCH) {
      long price = price(true, firstLevel + random.nextInt(levels));
      next().enter(++number, true, QUANTITY, price, CommandWriter.DAY);
    }
  }

  /** Takes out what {@link #writeAdds} has added. */
  void cancelAdded() {
    for (int i = 0; i < BATCH; i++) {
      one().cancel(firstOfBatch + i);
      applyOne();
    }
  }

  /** The batch cancels, in random order, bids that are added now at some levels. */
  void writeCancels(int firstLevel, int levels) {
    writeAdds(firstLevel, levels);
    applyBatch();
    commands = 0;
    for (int i = BATCH - 1; i >= 0; i--) {
      int other = random.nextInt(i + 1);
      int chosen = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = chosen;
      next().cancel(firstOfBatch + chosen);
    }
  }

  /** The batch sweeps whole levels of asks by immediate-or-cancel orders. */
  void writeSweeps(int sweeps, int levels) {
    commands = 0;
    long quantity = (long) levels * ORDERS_OF_LEVEL * QUANTITY;
    while (commands < sweeps) {
      next().enter(++number, true, quantity, price(false, LEVELS), CommandWriter.IOC);
    }
  }

  /** Fills the levels nearest to the touch that were swept. */
  void restoreAsks(int levels) {
    for (int i = 0; i < levels; i++) {
      restLevel(false, i);
    }
  }

  private void beginBatch() {
    commands = 0;
    eventsBefore = events;
  }

  /**
   * Refuses to go on when the batch had other events.
   *
   * @param expected but one that reports the state, now and then
   */
  void requireEvents(int expected) {
    long found = events - eventsBefore;
    if (found != expected && found != expected + 1L) {
      throw new IllegalStateException("events=" + found + " expected=" + expected);
    }
  }

  /** The batch enters orders under a number that was used: nothing comes of them. */
  void writeRepeats() {
    beginBatch();
    while (commands < BATCH) {
      next().enter(1, true, QUANTITY, price(true, 0), CommandWriter.DAY);
    }
  }

  /** The batch enters orders for a symbol that there is not. */
  void writeUnknownSymbols() {
    beginBatch();
    while (commands < BATCH) {
      long price = price(true, 0);
      next().enter(CommandWriter.SYMBOL + 1, ++number, true, QUANTITY, price, CommandWriter.DAY);
    }
  }

  /** The batch enters orders that are right but for the tag that is looked at last. */
  void writeWrongLastTags() {
    beginBatch();
    while (commands < BATCH) {
      next().enter(++number, true, QUANTITY, price(true, 0), CommandWriter.DAY);
      writer.unknownAiqStrategy();
    }
  }

  /** Refuses to go on when a batch and what followed it have not left the book as it was. */
  void requireWhole() {
    if (matcher.ordersInUse() != 2 * LEVELS * ORDERS_OF_LEVEL
        || matcher.levelsInUse() != 2 * LEVELS) {
      throw new IllegalStateException(
          "orders=" + matcher.ordersInUse() + " levels=" + matcher.levelsInUse());
    }
  }
}
