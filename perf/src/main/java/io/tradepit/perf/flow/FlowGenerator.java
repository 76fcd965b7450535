package io.tradepit.perf.flow;

import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Makes the flow of a regime and a seed, bit by bit the same on every machine.
 *
 * <p>Each new order is drawn with all that will be sent about it, on one simulated clock; then
 * everything is put in the order of time. Buy orders follow the first half of the path of the
 * middle, sell orders the second, and both are shuffled, so that at any time prices of the whole
 * path meet. One thread; allocates as it pleases.
 */
public final class FlowGenerator {
  /** What all published figures are of. */
  public static final long SEED = 23;

  /** New orders of a flow of record. */
  public static final int ORDERS = 1_000_000;

  private static final double IOC_SHARE = 0.15;
  private static final double MODIFIED_SHARE = 0.20;
  private static final double REPRICED_SHARE = 0.80;
  private static final double CANCELED_SHARE = 0.95;
  private static final double STALE_SHARE = 0.02;
  private static final int MOST_QUANTITY = 100;
  private static final double MEDIAN_LIFE_US = 431;

  /** All new orders come within a trading day of six hours and a half. */
  private static final double DAY_US = 23_400e6;

  private static final int INDEX_BITS = 24;
  private static final int MOST_MESSAGES_OF_ORDER = 4;
  // Of the three words that a message is drawn as.
  private static final int WORDS = 3;

  private final FlowRandom random;
  private final DepthProfile profile = new DepthProfile();
  private final int orders;
  private final int[] mids;
  private final double meanLifeUs = MEDIAN_LIFE_US / StrictMath.log(2);
  private final long[] drawn;
  private final long[] byTime;
  private int messages;

  private FlowGenerator(Regime regime, int orders, long seed) {
    this.orders = orders;
    this.random = new FlowRandom(seed);
    this.drawn = new long[orders * MOST_MESSAGES_OF_ORDER * WORDS];
    this.byTime = new long[orders * MOST_MESSAGES_OF_ORDER];
    this.mids = shuffled(new MidPath(regime, random));
  }

  /**
   * A flow in native memory of the arena.
   *
   * @param orders new orders, 2 to 4 million, an even number
   */
  public static Flow generate(Regime regime, int orders, long seed, Arena arena) {
    FlowGenerator generator = new FlowGenerator(regime, orders, seed);
    generator.draw();
    return generator.write(arena);
  }

  /** A middle for each order, negative where it sells. */
  private int[] shuffled(MidPath path) {
    int[] all = new int[orders];
    for (int i = 0; i < orders; i++) {
      int mid = path.at((double) i / orders);
      all[i] = 2 * i < orders ? mid : -mid;
    }
    for (int i = orders - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = all[i];
      all[i] = all[other];
      all[other] = swapped;
    }
    return all;
  }

  private void draw() {
    double nowUs = 0;
    for (int i = 0; i < orders; i++) {
      nowUs += random.nextExponential() * DAY_US / orders;
      drawOrder(i + 1, (long) nowUs);
    }
    Arrays.sort(byTime, 0, messages);
  }

  private void drawOrder(long id, long nowUs) {
    int mid = mids[(int) id - 1];
    byte side = mid > 0 ? Flow.BUY : Flow.SELL;
    int price = mid > 0 ? mid - profile.draw(random) : profile.draw(random) - mid;
    int quantity = 1 + random.nextInt(MOST_QUANTITY);
    if (random.nextBoolean(IOC_SHARE)) {
      add(nowUs, Flow.IOC, id, side, price, quantity);
    } else {
      add(nowUs, Flow.NEW, id, side, price, quantity);
      drawLife(id, nowUs, side, price, quantity);
    }
  }

  private void drawLife(long id, long nowUs, byte side, int price, int quantity) {
    boolean modified = random.nextBoolean(MODIFIED_SHARE);
    boolean canceled = random.nextBoolean(CANCELED_SHARE);
    double lifeUs = random.nextExponential() * meanLifeUs;
    if (modified) {
      boolean repriced = random.nextBoolean(REPRICED_SHARE);
      int away = random.nextBoolean(0.5) ? 1 : -1;
      long atUs = nowUs + (long) (random.nextDouble() * lifeUs);
      add(atUs, Flow.MODIFY, id, side, price + (repriced ? away : 0), quantity + 1);
    }
    if (canceled) {
      add(nowUs + (long) lifeUs, Flow.CANCEL, id, side, 0, 0);
      if (random.nextBoolean(STALE_SHARE)) {
        drawStale(id, nowUs + (long) lifeUs, side, price, quantity);
      }
    }
  }

  private void drawStale(long id, long canceledUs, byte side, int price, int quantity) {
    long atUs = canceledUs + (long) (random.nextExponential() * meanLifeUs);
    if (random.nextBoolean(0.5)) {
      add(atUs, Flow.CANCEL, id, side, 0, 0);
    } else {
      add(atUs, Flow.MODIFY, id, side, price, quantity + 1);
    }
  }

  private void add(long atUs, byte kind, long id, byte side, int price, int quantity) {
    int at = messages * WORDS;
    drawn[at] = id;
    drawn[at + 1] = ((long) price << 32) | quantity;
    drawn[at + 2] = ((long) kind << 8) | side;
    byTime[messages] = (atUs << INDEX_BITS) | messages;
    messages++;
  }

  private Flow write(Arena arena) {
    long block = NativeMemory.allocate(arena, (long) messages * Flow.MESSAGE_BYTES);
    int open = 0;
    int mostOpen = 0;
    int lowest = Integer.MAX_VALUE;
    int highest = 0;
    boolean[] canceled = new boolean[orders + 1];
    for (int i = 0; i < messages; i++) {
      int at = (int) (byTime[i] & ((1 << INDEX_BITS) - 1)) * WORDS;
      int id = (int) drawn[at];
      byte kind = (byte) (drawn[at + 2] >> 8);
      int price = (int) (drawn[at + 1] >> 32);
      int quantity = (int) drawn[at + 1];
      Flow.write(
          block,
          i,
          kind,
          id,
          (byte) drawn[at + 2],
          price,
          quantity,
          1,
          (byTime[i] >> INDEX_BITS) * 1000);
      if (kind == Flow.NEW) {
        open++;
      } else if (kind == Flow.CANCEL && !canceled[id]) {
        canceled[id] = true;
        open--;
      }
      mostOpen = Math.max(mostOpen, open);
      if (kind != Flow.CANCEL) {
        lowest = Math.min(lowest, price);
        highest = Math.max(highest, price);
      }
    }
    return new Flow(block, messages, new FlowLimits(orders, mostOpen, 1, lowest, highest));
  }
}
