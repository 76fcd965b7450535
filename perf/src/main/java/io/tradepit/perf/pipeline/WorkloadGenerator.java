package io.tradepit.perf.pipeline;

import java.util.SplittableRandom;

/**
 * Makes the workload of exchange-core's latency tests by its published shape: 1,000 users, some
 * 1,000 resting orders; 82 % moves of the price by a hundredth of the way to the last trade, 6 %
 * cancels, and the rest new orders: while orders lack they rest, else they are immediate-or-cancel
 * at any price. Bit by bit the same for a seed. It is made anew here, not taken over: orders to
 * move or cancel are any open ones, and there is no budget order.
 */
public final class WorkloadGenerator {
  public static final int USERS = 1_000;
  public static final int RESTING = 1_000;
  public static final int COMMANDS = 3_000_000;
  public static final long SEED = 1;

  private static final int MIDDLE = 90_000;

  /** New orders are within this of the last trade, most of them much nearer. */
  private static final int DEEPEST = 4_500;

  /** No order is above it. */
  private static final int HIGHEST = 2 * MIDDLE;

  private static final double MOVED = 0.82;
  private static final double CANCELED = 0.06;
  private static final double WAY_MOVED = 0.01;
  private static final int DRAWS = 4;
  private static final int MOST_FACTOR = 6;

  private final SplittableRandom random;
  private final Workload workload;
  private final PlacedOrders book;
  private int lastId;
  private long levelsSeen;

  private WorkloadGenerator(int commands, long seed) {
    random = new SplittableRandom(seed);
    workload = new Workload(RESTING, commands);
    book = new PlacedOrders(MIDDLE, workload::onTrade);
  }

  /**
   * @param commands behind those that fill the book
   */
  public static Workload generate(int commands, long seed) {
    return new WorkloadGenerator(commands, seed).generate(commands);
  }

  private Workload generate(int commands) {
    for (int i = 0; i < RESTING; i++) {
      rest();
    }
    for (int i = 0; i < commands; i++) {
      add(random.nextDouble());
      levelsSeen += book.levels();
    }
    return workload;
  }

  private void add(double kind) {
    if (book.size() > RESTING / 2 && kind < MOVED) {
      move(book.get(random.nextInt(book.size())));
    } else if (book.size() > RESTING / 2 && kind < MOVED + CANCELED) {
      cancel(book.get(random.nextInt(book.size())));
    } else if (book.size() < RESTING) {
      rest();
    } else {
      take();
    }
  }

  private void rest() {
    boolean buys = random.nextBoolean();
    int away = away();
    place(Workload.GTC, buys, book.lastPrice() + (buys ? -away : away));
  }

  private void take() {
    boolean buys = random.nextBoolean();
    place(Workload.IOC, buys, buys ? HIGHEST : 1);
  }

  private void place(byte kind, boolean buys, int price) {
    PlacedOrder order =
        new PlacedOrder(++lastId, 1 + random.nextInt(USERS), buys, price, quantity());
    workload.add(kind, order);
    book.place(order, kind == Workload.GTC);
  }

  private void cancel(PlacedOrder order) {
    workload.add(Workload.CANCEL, order);
    book.remove(order);
  }

  private void move(PlacedOrder order) {
    book.remove(order);
    double way = (book.lastPrice() - order.price) * WAY_MOVED;
    int ticks = (int) (way > 0 ? Math.ceil(way) : Math.floor(way));
    order.price += ticks != 0 ? ticks : 2 * random.nextInt(2) - 1;
    workload.add(Workload.MOVE, order);
    book.place(order, true);
  }

  /** The mean of some draws, most of them from a narrow range. */
  private int away() {
    double part = random.nextDouble();
    int range = 1 + (int) (part * part * DEEPEST);
    int sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += random.nextInt(range);
    }
    return Math.abs(2 * sum / DRAWS - range);
  }

  private int quantity() {
    return 1
        + random.nextInt(MOST_FACTOR) * random.nextInt(MOST_FACTOR) * random.nextInt(MOST_FACTOR);
  }

  /** Prices with an order, on average over all commands. */
  static double meanLevels(int commands, long seed) {
    WorkloadGenerator generator = new WorkloadGenerator(commands, seed);
    generator.generate(commands);
    return (double) generator.levelsSeen / commands;
  }
}
