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
 * A level hangs as high as it can, from height 2 on: where no other one is below the same kid. When
 * another one comes both go down, and a node that was made for two is there until its last level
 * goes. So a lone level takes one step, and no node of its own where another level is below the
 * same node of height 2.
 *
 * <p>A node without kids is given back at once, but for the hub of the last level of a side: an
 * empty side keeps it with the two nodes above it, since a level mostly comes back there. The hub
 * is a node of height 2 that the last level was looked for in: it spans 262,144 ticks, so that most
 * walks begin there; its tag is the index's bits from 18 on, and one above them that is always set
 * (0 = there is no hub). The matcher's thread; allocates nothing; each operation is bounded by the
 * height.
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
  private final Levels levels;
  private final long book;
  private final long address;
  private final int flip;
  // The way to the level that was looked for last, as far as there is one, and the level that hangs
  // at its end.
  private int foundIndex;
  private int foundHub;
  private int foundTwig;
  private int foundLeaf;
  private int foundLevel;

  /**
   * @param book where the tick stands
   * @param address of the side's line
   */
  PriceTree(TreeNodes[] heights, Levels levels, long book, long address, int side) {
    this.heights = heights;
    this.leaves = heights[0];
    this.twigs = heights[1];
    this.hubs = heights[HUB_HEIGHT];
    this.levels = levels;
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
    foundTwig = 0;
    foundLeaf = 0;
    int kid = hubs.kid(foundHub, index >>> HUB_SHIFT);
    if (kid > 0) {
      foundTwig = kid;
      kid = twigs.kid(foundTwig, index >>> TWIG_SHIFT);
      if (kid > 0) {
        foundLeaf = kid;
        kid = leaves.kid(foundLeaf, index);
      }
    }
    foundLevel = -kid;
    return levels.index(foundLevel) == index ? foundLevel : 0;
  }

  /** The index of the price that was looked for last. */
  int foundIndex() {
    return foundIndex;
  }

  /** The level behind this price, or 0. */
  int levelBehind(int price) {
    int index = index(price);
    int level = behind(hub(index), HUB_HEIGHT, index);
    if (level == 0) {
      level = behind(root(index >>> ROOT_SHIFT), TOP, index);
    }
    return level == 0 && index >>> ROOT_SHIFT != 0 ? highest(root(0), TOP) : level;
  }

  /** The highest level below a node that is lower than an index, or 0. */
  private int behind(int node, int height, int index) {
    int kid = node;
    int turn = 0;
    int turnHeight = 0;
    for (int at = height; kid > 0; at--) {
      int way = index >>> shift(at);
      int step = heights[at].stepBelow(kid, way);
      if (step >= 0) {
        turn = heights[at].kid(kid, step);
        turnHeight = at - 1;
      }
      kid = heights[at].kid(kid, way);
    }
    boolean isLower = kid < 0 && levels.index(-kid) < index;
    return isLower ? -kid : highest(turn, turnHeight);
  }

  /** The highest level at or below a kid, or 0 if there is no kid. */
  private int highest(int kid, int height) {
    int at = kid;
    for (int i = height; at > 0; i--) {
      at = heights[i].highestKid(at);
    }
    return -at;
  }

  /** Adds a level, whose record has its index, at the price that was looked for last. */
  void insert(int level) {
    if (foundLevel != 0) {
      pushDown(foundLevel);
    }
    if (foundLeaf != 0) {
      hang(level, foundLeaf, 0);
    } else if (foundTwig != 0) {
      hang(level, foundTwig, 1);
    } else {
      hang(level, foundHub == 0 ? makeHub(foundIndex) : foundHub, HUB_HEIGHT);
    }
    UnsafeApi.putInt(address + LEVELS, count() + 1);
    if (foundIndex > UnsafeApi.getInt(address + BEST_INDEX)) {
      best(level);
    }
  }

  private void hang(int level, int node, int height) {
    heights[height].put(node, levels.index(level) >>> shift(height), -level);
    levels.hang(level, node, height);
  }

  /** Another level hangs where the new one belongs: down to where their ways part. */
  private void pushDown(int other) {
    int otherIndex = levels.index(other);
    if (foundTwig == 0) {
      foundTwig = makeKid(hubs, foundHub, foundIndex >>> HUB_SHIFT, twigs);
      if (otherIndex >>> TWIG_SHIFT != foundIndex >>> TWIG_SHIFT) {
        hang(other, foundTwig, 1);
        return;
      }
    }
    foundLeaf = makeKid(twigs, foundTwig, foundIndex >>> TWIG_SHIFT, leaves);
    hang(other, foundLeaf, 0);
  }

  /** Removes a level. */
  void remove(int level) {
    int index = levels.index(level);
    int node = levels.node(level);
    int height = levels.height(level);
    boolean wasBest = level == bestLevel();
    UnsafeApi.putInt(address + LEVELS, count() - 1);
    boolean isLast = heights[height].clear(node, index >>> shift(height));
    if (isLast) {
      drop(index, node, height);
    }
    if (wasBest) {
      best(isLast ? bestBut(index) : highest(node, height));
    }
  }

  /** A node without kids is given back, and so are those above it that have no other kid. */
  private void drop(int index, int node, int height) {
    int empty = node;
    if (height == 0) {
      leaves.free(empty);
      empty = hubs.kid(hub(index), index >>> HUB_SHIFT);
      if (!twigs.clear(empty, index >>> TWIG_SHIFT)) {
        return;
      }
    }
    if (height <= 1) {
      twigs.free(empty);
      empty = hub(index);
      if (!hubs.clear(empty, index >>> HUB_SHIFT)) {
        return;
      }
    }
    if (count() == 0) {
      keepHub(tag(index), empty);
    } else {
      dropHub(index, empty);
    }
  }

  /** The best level, or 0, when all is worse than an index that is gone. */
  private int bestBut(int gone) {
    if (UnsafeApi.getInt(address + HUB_TAG) == tag(gone)) {
      return highest(UnsafeApi.getInt(address + HUB), HUB_HEIGHT);
    }
    return highest(root(root(1) != 0 ? 1 : 0), TOP);
  }

  private void best(int level) {
    UnsafeApi.putInt(address + BEST_INDEX, levels.index(level));
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
