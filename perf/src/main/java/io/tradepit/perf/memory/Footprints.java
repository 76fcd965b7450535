package io.tradepit.perf.memory;

import io.tradepit.matching.Capacities;
import io.tradepit.matching.StateLayout;
import io.tradepit.matching.state.Regions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/**
 * Fills states and looks what came of it: the records that are in use more than before, and the
 * memory that is resident more than before. Each scene has a matcher and memory of its own. What is
 * measured is beside what it needs: levels are those of states with equally many orders, so that
 * only the levels differ.
 */
public final class Footprints {
  private static final int ORDER_LEVELS = 1_000;
  private static final int OPEN_ORDERS_OF_SESSION = 1_024;
  private static final int BRANCH_TICKS = 4_096;

  private final List<Footprint> all = new ArrayList<>();

  private Footprints() {}

  /**
   * Measures all kinds, on the calling thread.
   *
   * @param mostOrders resting orders at most
   * @param levels a tenth of them are instruments, a twentieth sessions; 20 to 100,000
   */
  public static List<Footprint> measure(int mostOrders, int levels) {
    Footprints footprints = new Footprints();
    for (int orders = Math.min(100_000, mostOrders); orders <= mostOrders; orders *= 10) {
      footprints.orders(orders);
    }
    footprints.levels("level, 1 tick from the next", levels, i -> i);
    footprints.levels("level, alone in 4,096 ticks", levels, i -> i * BRANCH_TICKS);
    footprints.levels("level, two in 4,096 ticks", levels, Footprints::inPairs);
    footprints.instruments(levels / 10);
    footprints.quotedInstruments(levels / 10);
    footprints.sessions(levels / 20);
    footprints.tradingSessions(levels / 20);
    return List.copyOf(footprints.all);
  }

  private void orders(int count) {
    Capacities capacities = new Capacities(count, ORDER_LEVELS, count, 1, 1);
    measure(
        "resting order",
        count / 2,
        reserved(capacities, new Capacities(2 * count, ORDER_LEVELS, 2 * count, 1, 1), count),
        capacities,
        state -> {
          open(state, 1, 1);
          spread(state, count / 2);
        },
        state -> spread(state, count / 2));
  }

  /** Bids over 1,000 levels in turn. */
  private static void spread(FilledState state, int orders) {
    for (int i = 0; i < orders; i++) {
      state.order(0, 1, true, 1 + i % ORDER_LEVELS);
    }
  }

  private static void open(FilledState state, int instruments, int sessions) {
    state.instruments(instruments);
    state.sessions(sessions);
    state.startTrading();
  }

  /** Two neighbours in a leaf that they have to themselves, and so on. */
  private static int inPairs(int level) {
    return (level >> 1) * BRANCH_TICKS + (level & 1);
  }

  /** As many orders are there, and then a level for each: what they share is taken off. */
  private void levels(String kind, int count, IntUnaryOperator ticks) {
    Capacities capacities = new Capacities(2 * count, 2 * count, 2 * count, 1, 1);
    Footprint together =
        grown(
            kind,
            count,
            reserved(
                new Capacities(1, count, 1, 1, 1), new Capacities(1, 2 * count, 1, 1, 1), count),
            capacities,
            state -> {
              open(state, 1, 1);
              alone(state, count, ticks, 0);
            },
            state -> alone(state, count, ticks, count));
    Footprint order = orderOf(capacities, count);
    all.add(
        new Footprint(
            kind,
            count,
            together.reserved(),
            together.layout() - order.layout(),
            together.resident() - order.resident()));
  }

  private static void alone(FilledState state, int orders, IntUnaryOperator ticks, int from) {
    for (int i = from; i < from + orders; i++) {
      state.order(0, 1, true, 1 + ticks.applyAsInt(i));
    }
  }

  /** What an order takes in a state of these capacities, at a level that is there. */
  private static Footprint orderOf(Capacities capacities, int count) {
    return grown(
        "order",
        count,
        0,
        capacities,
        state -> {
          open(state, 1, 1);
          same(state, count);
        },
        state -> same(state, count));
  }

  private static void same(FilledState state, int orders) {
    for (int i = 0; i < orders; i++) {
      state.order(0, 1, true, 1);
    }
  }

  private void instruments(int count) {
    Capacities capacities = new Capacities(1, 1, 1, count, 1);
    measure(
        "instrument without orders",
        count,
        reserved(capacities, new Capacities(1, 1, 1, 2 * count, 1), count),
        capacities,
        state -> {},
        state -> state.instruments(count));
  }

  private void quotedInstruments(int count) {
    Capacities capacities = new Capacities(2 * count, 2 * count, 2 * count, count, 1);
    measure(
        "instrument, a bid and an ask",
        count,
        reserved(capacities, new Capacities(4 * count, 4 * count, 4 * count, 2 * count, 1), count),
        capacities,
        state -> state.sessions(1),
        state -> {
          state.instruments(count);
          state.startTrading();
          for (int i = 1; i <= count; i++) {
            state.order(0, i, true, 1);
            state.order(0, i, false, 1);
          }
        });
  }

  private void sessions(int count) {
    Capacities capacities = new Capacities(1, 1, OPEN_ORDERS_OF_SESSION, 1, count);
    measure(
        "session without orders",
        count,
        reserved(capacities, new Capacities(1, 1, OPEN_ORDERS_OF_SESSION, 1, 2 * count), count),
        capacities,
        state -> {},
        state -> state.sessions(count));
  }

  private void tradingSessions(int count) {
    Capacities capacities = new Capacities(count, 1, OPEN_ORDERS_OF_SESSION, 1, count);
    measure(
        "session, one order",
        count,
        reserved(
            capacities, new Capacities(2 * count, 1, OPEN_ORDERS_OF_SESSION, 1, 2 * count), count),
        capacities,
        state -> state.instruments(1),
        state -> {
          state.sessions(count);
          state.startTrading();
          for (int i = 0; i < count; i++) {
            state.order(i, 1, true, 1);
          }
        });
  }

  private void measure(
      String kind,
      int count,
      double reserved,
      Capacities capacities,
      Consumer<FilledState> before,
      Consumer<FilledState> filling) {
    all.add(grown(kind, count, reserved, capacities, before, filling));
  }

  private static Footprint grown(
      String kind,
      int count,
      double reserved,
      Capacities capacities,
      Consumer<FilledState> before,
      Consumer<FilledState> filling) {
    try (FilledState state = new FilledState(capacities)) {
      before.accept(state);
      StateCounts counts = state.counts();
      long resident = state.residentBytes();
      filling.accept(state);
      return new Footprint(
          kind,
          count,
          reserved,
          (double) state.counts().since(counts).layoutBytes() / count,
          (double) (state.residentBytes() - resident) / count);
    }
  }

  /** Bytes for one more, between two capacities. */
  private static double reserved(Capacities smaller, Capacities larger, int more) {
    return (double) (bytes(larger) - bytes(smaller)) / more;
  }

  /** Of books and records; the last page is not filled up. */
  private static long bytes(Capacities capacities) {
    StateLayout layout = StateLayout.of(capacities);
    Regions regions = Regions.described(layout.description());
    return regions.symbols
        + ((long) regions.symbolEntries << Regions.SYMBOL_SHIFT)
        + (long) layout.books() * layout.bookBytes();
  }
}
