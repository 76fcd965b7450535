package io.tradepit.perf.memory;

import io.tradepit.kernel.FfmLibc;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateLayout;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import io.tradepit.perf.CommandWriter;
import io.tradepit.perf.MatcherCommand;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The product's whole matcher over memory of its own, filled by commands; a day is open and trades.
 * Orders have numbers from 1 on in each session, rest, and never match. One thread.
 */
final class FilledState implements AutoCloseable {
  private static final int QUANTITY = 100;
  private static final int TICK = 1;
  private static final int MIDDLE = 1_000_000_000;

  private final UnsafeBuffer command =
      new UnsafeBuffer(BufferUtil.allocateDirectAligned(CommandWriter.MAX_LENGTH, 64));
  private final CommandWriter writer = new CommandWriter();
  private final StateMapping mapping;
  private final Memory memory;
  private final Regions regions;
  private final Matcher matcher;
  private final int[] numbers;
  private int sessions;

  FilledState(Capacities capacities) {
    StateLayout layout = StateLayout.of(capacities);
    mapping = new StateMapping(new FfmLibc(), layout);
    UnsafeBuffer[] pages = mapping.pages();
    memory = new Memory(pages);
    regions = Regions.described(layout.description());
    matcher =
        new Matcher(
            layout, mapping.books(), pages, (s, t, w, first, count, last, b, at, length) -> {});
    numbers = new int[capacities.maxSessions()];
    next(0).openDay(capacities);
    apply();
  }

  /** What is in memory, bytes; of interest is the difference of two. */
  long residentBytes() {
    return mapping.residentBytes();
  }

  StateCounts counts() {
    return StateCounts.of(matcher, memory, regions, sessions);
  }

  void instruments(int count) {
    for (int i = 0; i < count; i++) {
      next(0).defineInstrument(symbol(matcher.instruments() + 1), TICK, 1);
      apply();
    }
  }

  private static long symbol(int instrument) {
    return CommandWriter.SYMBOL + instrument;
  }

  /** Defined and connected. */
  void sessions(int count) {
    for (int i = 0; i < count; i++) {
      next(sessions).defineSession();
      apply();
      next(sessions).connect();
      apply();
      sessions++;
    }
  }

  void startTrading() {
    next(0).startTrading();
    apply();
  }

  /**
   * An order that rests.
   *
   * @param awayTicks from the middle, from 1
   * @throws IllegalStateException when it does not rest
   */
  void order(int session, int instrument, boolean buys, int awayTicks) {
    int before = matcher.ordersInUse();
    long price = (long) MIDDLE + (buys ? -awayTicks : awayTicks);
    next(session)
        .enter(symbol(instrument), ++numbers[session], buys, QUANTITY, price, CommandWriter.DAY);
    apply();
    if (matcher.ordersInUse() != before + 1) {
      throw new IllegalStateException("orders=" + before + " order rests=no price=" + price);
    }
  }

  private CommandWriter next(int session) {
    return writer.wrap(command, 0).session(session);
  }

  private void apply() {
    MatcherCommand.apply(matcher, matcher.lastSequence() + 1, command, 0);
  }

  @Override
  public void close() {
    mapping.close();
  }
}
