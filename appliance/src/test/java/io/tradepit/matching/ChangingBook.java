package io.tradepit.matching;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A matcher whose one book changes with every command, so that a torn copy of it shows: the number
 * of orders on each side is the same after each command, and all have the same quantity.
 *
 * <p>Each command replaces an order at another price of its side. Levels come and go, and with them
 * nodes of the tree that they hang on.
 */
public final class ChangingBook {
  public static final long SYMBOL = 0x4141414120202020L;
  public static final int INSTRUMENT = 1;
  public static final int QUANTITY = 100;
  private static final int MIDDLE = 1_000_000;
  private static final int TICK = 100;

  private final Commands commands = new Commands();
  private final SplittableRandom random = new SplittableRandom(1);
  private final int levels;
  private final long[] urns;
  private final Matcher matcher;
  private long sequence;
  private long urn;

  public static StateLayout layout(int orders) {
    return StateLayout.of(new Capacities(2 * orders, 2 * orders, 2 * orders, 1, 1));
  }

  /**
   * @param orders of each side
   * @param levels of each side that they may stand at
   */
  public ChangingBook(int orders, int levels, UnsafeBuffer[] books, UnsafeBuffer[] pages) {
    this.levels = levels;
    urns = new long[2 * orders];
    StateLayout layout = layout(orders);
    matcher =
        new Matcher(layout, books, pages, (s, t, w, first, count, last, b, offset, length) -> {});
    commands.openDay(layout.capacities());
    apply();
    commands.defineInstrument(SYMBOL, TICK, 1);
    apply();
    commands.defineSession(0, "USER00");
    apply();
    commands.connect(0, 1);
    apply();
    commands.startTrading();
    apply();
    for (int i = 0; i < urns.length; i++) {
      urns[i] = ++urn;
      commands.enter(0, 1, urn, side(i), QUANTITY, SYMBOL, price(i));
      apply();
    }
  }

  /** Replaces one order. */
  public void change() {
    int order = random.nextInt(urns.length);
    long before = urns[order];
    urns[order] = ++urn;
    commands.replace(0, 1, before, urn, QUANTITY, price(order));
    apply();
  }

  public long commands() {
    return sequence;
  }

  private static char side(int order) {
    return (order & 1) == 0 ? 'B' : 'S';
  }

  private long price(int order) {
    int away = 1 + random.nextInt(levels);
    return MIDDLE + (long) TICK * ((order & 1) == 0 ? -away : away);
  }

  private void apply() {
    sequence++;
    if (!matcher.onCommand(sequence, sequence, commands.buffer, 0, commands.length())) {
      throw new AssertionError("sequence=" + sequence + " continuing");
    }
  }
}
