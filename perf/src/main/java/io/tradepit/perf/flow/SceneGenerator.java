package io.tradepit.perf.flow;

import java.lang.foreign.Arena;

/** Makes {@link Scene}s, bit by bit the same for a seed. One thread; allocates as it pleases. */
public final class SceneGenerator {
  private static final int MIDDLE = 1_000_000;
  private static final int QUANTITY = 10;

  private final FlowRandom random;
  private final Arena arena;

  /**
   * @param arena that the flows live in
   */
  public SceneGenerator(long seed, Arena arena) {
    this.random = new FlowRandom(seed);
    this.arena = arena;
  }

  /**
   * Orders stand; one after the other is canceled and replaced by a new one, each at a random place
   * of all. Instruments are chosen by Zipf's law, levels evenly. Nothing matches.
   *
   * @param standing orders at any time
   * @param levels of an instrument, both sides together, from 2
   * @param messages that count
   */
  public Scene standing(int standing, int levels, int instruments, int messages) {
    FlowWriter writer = new FlowWriter(arena, standing + messages + 1, instruments);
    Zipf zipf = new Zipf(instruments);
    int[] open = new int[standing];
    for (int i = 0; i < standing; i++) {
      open[i] = rest(writer, zipf.draw(random), levels);
    }
    while (writer.messages() < standing + messages) {
      int chosen = random.nextInt(standing);
      writer.cancel(open[chosen]);
      open[chosen] = rest(writer, zipf.draw(random), levels);
    }
    return new Scene(writer.flow(), standing);
  }

  private int rest(FlowWriter writer, int instrument, int levels) {
    boolean buys = random.nextBoolean(0.5);
    int away = 1 + random.nextInt(Math.max(1, levels / 2));
    int price = buys ? MIDDLE - away : MIDDLE + away;
    return writer.enter(Flow.NEW, buys ? Flow.BUY : Flow.SELL, instrument, price, QUANTITY);
  }

  /**
   * An order sweeps the whole of one side, again and again.
   *
   * @param fills of each sweep, one an order
   * @param levels that they lie at
   * @param sweeps the side is filled before each, and counts as well
   */
  public Scene sweeps(int fills, int levels, int sweeps) {
    FlowWriter writer = new FlowWriter(arena, sweeps * (fills + 1), 1);
    for (int i = 0; i < sweeps; i++) {
      for (int j = 0; j < fills; j++) {
        writer.enter(Flow.NEW, Flow.SELL, 1, MIDDLE + 1 + random.nextInt(levels), QUANTITY);
      }
      writer.enter(Flow.IOC, Flow.BUY, 1, MIDDLE + levels, fills * QUANTITY);
      writer.filled(fills);
    }
    return new Scene(writer.flow(), 0);
  }

  /**
   * Everything that stands is canceled, in random order.
   *
   * @param levels of both sides together, from 2
   */
  public Scene cancelStorm(int standing, int levels) {
    FlowWriter writer = new FlowWriter(arena, 2 * standing, 1);
    int[] open = new int[standing];
    for (int i = 0; i < standing; i++) {
      open[i] = rest(writer, 1, levels);
    }
    for (int i = standing - 1; i >= 0; i--) {
      int chosen = random.nextInt(i + 1);
      writer.cancel(open[chosen]);
      open[chosen] = open[i];
    }
    return new Scene(writer.flow(), standing);
  }

  /**
   * The first moment of a day: new orders of both sides at once, whose prices overlap.
   *
   * @param orders all of which count
   * @param ticks that the prices lie within
   */
  public Scene openingBurst(int orders, int ticks) {
    FlowWriter writer = new FlowWriter(arena, orders, 1);
    for (int i = 0; i < orders; i++) {
      byte side = random.nextBoolean(0.5) ? Flow.BUY : Flow.SELL;
      int price = MIDDLE + random.nextInt(ticks);
      writer.enter(Flow.NEW, side, 1, price, 1 + random.nextInt(QUANTITY));
    }
    return new Scene(writer.flow(), 0);
  }
}
