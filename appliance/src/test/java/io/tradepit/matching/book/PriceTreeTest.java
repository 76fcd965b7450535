package io.tradepit.matching.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.matching.StateMemory;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tree of a side alone against a sorted map: after each change the same levels in order. */
@Timeout(60)
class PriceTreeTest {
  private static final int HIGHEST_PRICE = 1_999_999_900;
  private static final int MAX_LEVELS = 600;

  private final long changes = Tier.count(60_000, 10_000_000);
  // Holds the memory below the tree, which the collector would take otherwise.
  private Books books;
  private TreeNodes[] heights;
  private PriceTree tree;
  private NavigableMap<Integer, Integer> levels;
  // Levels that are not in the tree.
  private int[] free;
  private int freeCount;
  private boolean hadLevels;
  private long[] made;

  private void start(int side, long tick, int maxLevels) {
    Regions regions = new Regions(1, maxLevels, 1, 1, 1);
    UnsafeBuffer[] pages = StateMemory.buffers(regions.pages(), Regions.PAGE_BYTES);
    Memory memory = new Memory(pages);
    books =
        new Books(
            StateMemory.buffers(1, Regions.BOOK_BYTES), memory, regions, new Header(memory, 1));
    books.instruments().define(0x4141414120202020L, tick, 1, 1);
    heights = books.nodes();
    long book = books.address(1);
    tree = new PriceTree(heights, books.levels(), book, book + TreeBook.BIDS + 64L * side, side);
    levels = new TreeMap<>(side == OrderBook.BID ? Comparator.reverseOrder() : null);
    free = new int[maxLevels];
    for (int i = 0; i < maxLevels; i++) {
      free[i] = i + 1;
    }
    freeCount = maxLevels;
    hadLevels = false;
    made = new long[Regions.HEIGHTS];
  }

  private void insert(int price) {
    int level = free[--freeCount];
    long[] before = inUse();
    assertEquals(0, tree.find(price));
    hang(level);
    hadLevels = true;
    levels.put(price, level);
    for (int height = 0; height < made.length; height++) {
      made[height] += heights[height].pool().inUse() - before[height];
    }
  }

  private void hang(int level) {
    UnsafeApi.putInt(books.levels().address(level) + Levels.INDEX, tree.foundIndex());
    tree.insert(level);
  }

  private void remove(int price) {
    int level = levels.remove(price);
    tree.remove(level);
    free[freeCount++] = level;
  }

  private long[] inUse() {
    return Arrays.stream(heights).mapToLong(nodes -> nodes.pool().inUse()).toArray();
  }

  private void check(int price) {
    assertEquals(levels.size(), tree.count());
    assertEquals(levels.isEmpty() ? 0 : levels.firstEntry().getValue(), tree.bestLevel());
    assertEquals(levels.getOrDefault(price, 0), tree.find(price));
    boolean reaches =
        (!levels.isEmpty() && levels.comparator() == null)
            ? levels.firstKey() <= price
            : (!levels.isEmpty() && levels.firstKey() >= price);
    assertEquals(reaches, tree.reaches(price), "price=" + price);
    Map.Entry<Integer, Integer> behind = levels.higherEntry(price);
    assertEquals(behind == null ? 0 : behind.getValue(), tree.levelBehind(price), "price=" + price);
  }

  /**
   * All levels from the best one on. A node spans one level or more, and there is one where two
   * meet, up to the hub, and where one is, above.
   */
  private void checkWhole(int side, long tick) {
    int level = tree.bestLevel();
    for (Map.Entry<Integer, Integer> expected : levels.entrySet()) {
      assertEquals(expected.getValue(), level);
      level = tree.levelBehind(expected.getKey());
    }
    assertEquals(0, level);
    for (int height = 0; height < Regions.HEIGHTS; height++) {
      Set<Integer> spans = new HashSet<>();
      Set<Integer> meetings = new HashSet<>();
      for (int price : levels.keySet()) {
        int ticks = (int) (price / tick);
        int index = side == OrderBook.BID ? ticks : Integer.MAX_VALUE - ticks;
        int span = index >>> (6 * (height + 1));
        if (!spans.add(span) || height >= Regions.KEPT_HEIGHT) {
          meetings.add(span);
        }
      }
      boolean keepsItsHub = levels.isEmpty() && height >= Regions.KEPT_HEIGHT;
      int least = keepsItsHub && hadLevels ? 1 : meetings.size();
      int most = Math.max(least, spans.size());
      int nodes = heights[height].pool().inUse();
      assertTrue(least <= nodes && nodes <= most, "height=" + height + " nodes=" + nodes);
    }
  }

  @Test
  void shouldHoldTheSameLevelsAsASortedMap() {
    long seed = Tier.seed(1);
    for (int tick : new int[] {1, 100, 7, 1 << 20, 999_999_950}) {
      for (int side = OrderBook.BID; side <= OrderBook.ASK; side++) {
        long[] all = equalToASortedMap(new SplittableRandom(seed++), side, tick);
        Tier.ran(
            "tree of prices against a sorted map",
            "tick=" + tick + " side=" + side + " nodesMade=" + Arrays.toString(all));
      }
    }
  }

  private long[] equalToASortedMap(SplittableRandom random, int side, int tick) {
    start(side, tick, MAX_LEVELS);
    int highest = HIGHEST_PRICE / tick;
    for (long i = 0; i < changes / 10; i++) {
      // Few levels and many in turn, so that every node is given back now and then.
      boolean isRising = i % 1_000 < 500;
      int price = tick * ticks(random, highest, i);
      if (levels.containsKey(price)) {
        remove(price);
      } else if (isRising && freeCount > 0) {
        insert(price);
      } else if (!levels.isEmpty()) {
        remove(random.nextBoolean() ? levels.firstKey() : near(price));
      }
      check(price);
      check(tick * ticks(random, highest, i));
      if (i % 100 == 0) {
        checkWhole(side, tick);
      }
    }
    while (!levels.isEmpty()) {
      remove(near(tick * ticks(random, highest, 0)));
    }
    checkWhole(side, tick);
    check(tick);
    for (int height = 0; height < Regions.HEIGHTS; height++) {
      assertTrue(made[height] > 0, "height=" + height + " made=" + made[height]);
    }
    return made;
  }

  private int near(int price) {
    Integer key = levels.ceilingKey(price);
    return key == null ? levels.lastKey() : key;
  }

  /** At both ends of the range, around the middle of the tree's index, near a place, anywhere. */
  private static int ticks(SplittableRandom random, int highest, long i) {
    int reach = Math.min(highest, 1 << random.nextInt(1, 12));
    return switch (random.nextInt(5)) {
      case 0 -> 1 + random.nextInt(reach);
      case 1 -> highest - random.nextInt(reach);
      case 2 -> Math.clamp((1L << 30) - reach / 2 + random.nextInt(reach), 1, highest);
      case 3 -> Math.clamp(highest / 3 + i / 64 + random.nextInt(reach), 1, highest);
      default -> 1 + random.nextInt(highest);
    };
  }

  /**
   * One level below each node of a height, for every height, which is left of two: the worst that
   * there can be.
   */
  @Test
  void shouldNeverLackANodeForALevel() {
    for (int height = 0; height < Regions.HEIGHTS; height++) {
      for (int side = OrderBook.BID; side <= OrderBook.ASK; side++) {
        long step = Math.max(1L << (6 * (height + 1)), HIGHEST_PRICE / 2_900 / 64 * 64);
        // Room for the second level of the last pair, and for nothing else.
        start(side, 1, (int) ((HIGHEST_PRICE - 64) / step) + 2);
        for (long price = 64; price <= HIGHEST_PRICE; price += step) {
          insert((int) price);
          insert((int) price + 1);
          remove((int) price + 1);
        }
        checkWhole(side, 1);
        assertEquals(1, freeCount);
        assertEquals(levels.size(), heights[0].pool().inUse());
      }
    }
  }

  @Test
  void shouldSizeThePoolsByWhatLevelsAndInstrumentsCanNeed() {
    Regions many = new Regions(1, 1 << 28, 1, 3, 1);
    assertEquals((3 * 2) << 25, many.maxNodes(0));
    assertEquals((3 * 2) << 19, many.maxNodes(1));
    assertEquals((3 * 2) << 13, many.maxNodes(2));
    assertEquals((3 * 2) << 7, many.maxNodes(3));
    assertEquals((3 * 2) << 1, many.maxNodes(4));
    Regions few = new Regions(1, 5, 1, 65_534, 1);
    for (int height = 0; height < Regions.HEIGHTS; height++) {
      int kept = height < Regions.KEPT_HEIGHT ? 0 : 2 * 65_534;
      assertEquals(5 + kept, few.maxNodes(height));
    }
  }

  @Test
  void shouldDivideByEveryTick() {
    SplittableRandom random = new SplittableRandom(Tier.seed(1));
    UnsafeBuffer[] books = StateMemory.buffers(1, Regions.BOOK_BYTES);
    long book = books[0].addressOffset();
    for (int i = 0; i < 100_000; i++) {
      int tick = 1 + random.nextInt(1 << random.nextInt(1, 31));
      books[0].putInt(Instruments.TWOS, Instruments.twos(tick));
      books[0].putInt(Instruments.INVERSE, Instruments.inverse(tick));
      int ticks = 1 + random.nextInt(Integer.MAX_VALUE / tick);
      assertEquals(ticks, Instruments.ticks(book, tick * ticks), "tick=" + tick);
    }
  }

  @Test
  void shouldAllocateNothing() {
    start(OrderBook.ASK, 100, MAX_LEVELS);
    long bytes = 1;
    for (int round = 0; bytes != 0 && round < 8; round++) {
      bytes = AllocationMeter.bytesAllocatedBy(this::someChanges);
    }
    assertEquals(0, bytes);
  }

  private void someChanges() {
    for (int i = 0; i < 20_000; i++) {
      int price = 100 + i * 90_000;
      price -= price % 100;
      tree.find(price);
      hang(1);
      tree.find(price + 100);
      hang(2);
      tree.levelBehind(price);
      tree.remove(1);
      tree.remove(2);
    }
  }
}
