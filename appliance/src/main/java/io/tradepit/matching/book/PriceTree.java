package io.tradepit.matching.book;

import io.tradepit.matching.state.Regions;
import org.agrona.UnsafeApi;

/**
 * The levels of one side by price: a tree with 64 ways at each node, whose bitmaps give the best
 * level, and the one behind any, by counting zeros.
 *
 * <pre>
 *   index:  price in ticks, of asks subtracted from the highest int, so that higher is better; from 1
 *           |30   |29..24  |23..18  |17..12  |11..6   |5..0    |
 *           |root |height 4|height 3|height 2|height 1|height 0|
 *   side:   0 best level  4 levels  8 index of the best level  12 hub's tag  16 hub  20 root (2 nodes)
 * </pre>
 *
 * A node without kids is given back at once, but for the hub of the last level of a side: an empty
 * side keeps it with the two nodes above it, since a level mostly comes back there. The hub is a
 * node of height 2 that the last level was looked for in: it spans 262,144 ticks, so that most
 * walks begin there and take three steps; its tag is the index's bits from 18 on, and one above
 * them that is always set (0 = there is no hub). The matcher's thread; allocates nothing; each
 * operation is bounded by the height.
 */
final class PriceTree {
  static final int BEST = 0;
  static final int LEVELS = 4;
  static final int BEST_INDEX = 8;
  static final int HUB_TAG = 12;
  static final int HUB = 16;
  static final int ROOT = 20;

  static final int ROOT_SHIFT = 30;
  static final int HUB_HEIGHT = Regions.KEPT_HEIGHT;

  /** The height of the root's two kids. */
  static final int TOP = Regions.HEIGHTS - 1;

  private static final int TWIG_SHIFT = 6;
  private static final int HUB_SHIFT = 12;
  private static final int TAG_SHIFT = 18;
  private static final int TAG_SET = 1 << 13;

  private final TreeNodes[] heights;
  private final TreeNodes leaves;
  private final TreeNodes twigs;
  private final TreeNodes hubs;
  private final long book;
  private final long address;
  private final int flip;
  // The way to the level that was looked for last, as far as there is one.
  private int foundIndex;
  private int foundHub;
  private int foundTwig;
  private int foundLeaf;

  /**
   * @param book where the tick stands
   * @param address of the side's line
   */
  PriceTree(TreeNodes[] heights, long book, long address, int side) {
    this.heights = heights;
    this.leaves = heights[0];
    this.twigs = heights[1];
    this.hubs = heights[HUB_HEIGHT];
    this.book = book;
    this.address = address;
    this.flip = flip(side);
  }

  /** What turns ticks into an index of this side, and back. */
  static int flip(int side) {
    return side == OrderBook.BID ? 0 : Integer.MAX_VALUE;
  }

  /** The tag of the hub that an index is below. */
  static int tag(int index) {
    return index >>> TAG_SHIFT | TAG_SET;
  }

  /** The lowest index with a tag. */
  static int indexOf(int tag) {
    return tag << TAG_SHIFT & Integer.MAX_VALUE;
  }

  private int index(int price) {
    return Instruments.ticks(book, price) ^ flip;
  }

  int count() {
    return UnsafeApi.getInt(address + LEVELS);
  }

  /** The best level, or 0. */
  int bestLevel() {
    return bestLevel(address);
  }

  /** The best level of the side that stands at an address, or 0. */
  static int bestLevel(long address) {
    return UnsafeApi.getInt(address + BEST);
  }

  /** Whether the best level is at this price or better. */
  boolean reaches(int price) {
    // That of an empty side is 0, and no price's is.
    return UnsafeApi.getInt(address + BEST_INDEX) >= index(price);
  }

  /** The level at a price, or 0; remembers the way for {@link #insert}. */
  int find(int price) {
    return levelAt(index(price));
  }

  private int levelAt(int index) {
    foundIndex = index;
    foundHub = hub(index);
    foundTwig = hubs.kid(foundHub, index >>> HUB_SHIFT);
    foundLeaf = twigs.kid(foundTwig, index >>> TWIG_SHIFT);
    return leaves.kid(foundLeaf, index);
  }

  /** The level behind the one at this price, or 0. */
  int levelBehind(int price) {
    int index = index(price);
    int behind = behind(hub(index), HUB_HEIGHT, index);
    if (behind == 0) {
      behind = behind(root(index >>> ROOT_SHIFT), TOP, index);
    }
    if (behind == 0 && index >>> ROOT_SHIFT != 0 && root(0) != 0) {
      behind = highest(root(0), TOP, 0);
    }
    return behind == 0 ? 0 : levelAt(behind);
  }

  /**
   * Adds a level at the price that was looked for last and has none.
   *
   * @return the leaf that it hangs on as long as it is in the tree
   */
  int insert(int level) {
    int index = foundIndex;
    int leaf = foundLeaf == 0 ? makeLeaf(index) : foundLeaf;
    leaves.put(leaf, index, level);
    UnsafeApi.putInt(address + LEVELS, count() + 1);
    if (index > UnsafeApi.getInt(address + BEST_INDEX)) {
      best(index, level);
    }
    return leaf;
  }

  private int makeLeaf(int index) {
    int hub = foundHub == 0 ? makeHub(index) : foundHub;
    int twig = foundTwig == 0 ? makeKid(hubs, hub, index >>> HUB_SHIFT, twigs) : foundTwig;
    return makeKid(twigs, twig, index >>> TWIG_SHIFT, leaves);
  }

  /**
   * Removes the level at a price.
   *
   * @param leaf that it hangs on
   */
  void remove(int price, int leaf) {
    int index = index(price);
    boolean wasBest = index == UnsafeApi.getInt(address + BEST_INDEX);
    UnsafeApi.putInt(address + LEVELS, count() - 1);
    if (leaves.clear(leaf, index)) {
      leaves.free(leaf);
      dropLeaf(index);
      if (wasBest) {
        findBest(index);
      }
    } else if (wasBest) {
      bestOf(leaf, index >>> TWIG_SHIFT);
    }
  }

  /** The leaf of an index is free: so are twig and hub if they have no other kid. */
  private void dropLeaf(int index) {
    int hub = hub(index);
    int twig = hubs.kid(hub, index >>> HUB_SHIFT);
    if (twigs.clear(twig, index >>> TWIG_SHIFT)) {
      twigs.free(twig);
      if (hubs.clear(hub, index >>> HUB_SHIFT) && count() != 0) {
        dropHub(index, hub);
      }
    }
  }

  /** The best level is below this leaf, which has these bits of the index above it. */
  private void bestOf(int leaf, int above) {
    int step = leaves.highestStep(leaf);
    best(above << 6 | step, leaves.kid(leaf, step));
  }

  /** The best level and its leaf are gone; what is left is worse. */
  private void findBest(int gone) {
    if (count() == 0) {
      best(0, 0);
      return;
    }
    if (UnsafeApi.getInt(address + HUB_TAG) != tag(gone)) {
      findFarBest();
      return;
    }
    int hub = UnsafeApi.getInt(address + HUB);
    int step = hubs.highestStep(hub);
    int twig = hubs.kid(hub, step);
    int above = gone >>> TAG_SHIFT << 6 | step;
    step = twigs.highestStep(twig);
    bestOf(twigs.kid(twig, step), above << 6 | step);
  }

  private void findFarBest() {
    int half = root(1) != 0 ? 1 : 0;
    int index = highest(root(half), TOP, half);
    best(index, levelAt(index));
  }

  /** The highest index below a node that has these bits above it. */
  private int highest(int node, int height, int above) {
    int index = above;
    int at = node;
    for (int i = height; i >= 0; i--) {
      int step = heights[i].highestStep(at);
      index = index << 6 | step;
      at = heights[i].kid(at, step);
    }
    return index;
  }

  /** The highest index below a node that is lower than this one, or 0. */
  private int behind(int node, int height, int index) {
    int at = node;
    int turn = 0;
    int turnHeight = -1;
    int turnStep = 0;
    for (int i = height; i >= 0; i--) {
      int step = heights[i].stepBelow(at, index >>> shift(i));
      if (step >= 0) {
        turn = at;
        turnHeight = i;
        turnStep = step;
      }
      at = heights[i].kid(at, index >>> shift(i));
    }
    if (turnHeight < 0) {
      return 0;
    }
    int above = index >>> shift(turnHeight + 1) << 6 | turnStep;
    return turnHeight == 0
        ? above
        : highest(heights[turnHeight].kid(turn, turnStep), turnHeight - 1, above);
  }

  private void best(int index, int level) {
    UnsafeApi.putInt(address + BEST_INDEX, index);
    UnsafeApi.putInt(address + BEST, level);
  }

  private int root(int step) {
    return UnsafeApi.getInt(address + ROOT + 4L * step);
  }

  /** The node of height 2 that an index is below, or 0. */
  private int hub(int index) {
    if (UnsafeApi.getInt(address + HUB_TAG) == tag(index)) {
      return UnsafeApi.getInt(address + HUB);
    }
    return farHub(index);
  }

  private int farHub(int index) {
    int node = root(index >>> ROOT_SHIFT);
    for (int height = TOP; height > HUB_HEIGHT; height--) {
      node = heights[height].kid(node, index >>> shift(height));
    }
    if (node != 0) {
      keepHub(tag(index), node);
    }
    return node;
  }

  private void keepHub(int tag, int hub) {
    UnsafeApi.putInt(address + HUB_TAG, tag);
    UnsafeApi.putInt(address + HUB, hub);
  }

  private int makeHub(int index) {
    if (count() == 0 && UnsafeApi.getInt(address + HUB) != 0) {
      dropHub(indexOf(UnsafeApi.getInt(address + HUB_TAG)), UnsafeApi.getInt(address + HUB));
    }
    int node = root(index >>> ROOT_SHIFT);
    if (node == 0) {
      node = heights[TOP].make();
      UnsafeApi.putInt(address + ROOT + 4L * (index >>> ROOT_SHIFT), node);
    }
    for (int height = TOP; height > HUB_HEIGHT; height--) {
      TreeNodes of = heights[height];
      int step = index >>> shift(height);
      int kid = of.kid(node, step);
      node = kid == 0 ? makeKid(of, node, step, heights[height - 1]) : kid;
    }
    keepHub(tag(index), node);
    return node;
  }

  private static int makeKid(TreeNodes of, int node, int step, TreeNodes below) {
    int kid = below.make();
    of.put(node, step, kid);
    return kid;
  }

  /** Gives back the hub of an index, and those above it that have no other kid. */
  private void dropHub(int index, int hub) {
    keepHub(0, 0);
    hubs.free(hub);
    int half = index >>> ROOT_SHIFT;
    int top = root(half);
    int below = heights[TOP].kid(top, index >>> shift(TOP));
    if (heights[TOP - 1].clear(below, index >>> shift(TOP - 1))) {
      heights[TOP - 1].free(below);
      if (heights[TOP].clear(top, index >>> shift(TOP))) {
        heights[TOP].free(top);
        UnsafeApi.putInt(address + ROOT + 4L * half, 0);
      }
    }
  }

  /** The lowest of the bits that choose a kid at a height. */
  static int shift(int height) {
    return 6 * height;
  }
}
