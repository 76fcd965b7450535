package io.tradepit.matching.book;

import org.agrona.UnsafeApi;

/**
 * A book of two trees of levels.
 *
 * <pre>
 *   0   version (odd while it changes) and instrument, see {@link Instruments}
 *   64  top of book: bid price, bid quantity, ask price, ask quantity (longs), bid and ask orders (ints)
 *   128 bids   192 asks, see {@link PriceTree}
 * </pre>
 */
final class TreeBook implements OrderBook {
  static final int VERSION = 0;
  static final int TOP = 64;
  static final int BIDS = 128;
  static final int ASKS = 192;

  private final long address;
  private final Levels levels;
  private final Orders orders;
  private final PriceTree bids;
  private final PriceTree asks;
  // Bit 0: bids, bit 1: asks; within a change only.
  private int changedSides;

  TreeBook(long address, Books books) {
    this.address = address;
    this.levels = books.levels();
    this.orders = books.orders();
    this.bids = new PriceTree(books.nodes(), levels, address, address + BIDS, BID);
    this.asks = new PriceTree(books.nodes(), levels, address, address + ASKS, ASK);
  }

  private PriceTree tree(int side) {
    return side == BID ? bids : asks;
  }

  @Override
  public void add(int order, int side) {
    PriceTree tree = tree(side);
    int level = tree.find(UnsafeApi.getInt(orders.line(order) + OrderLine.PRICE));
    if (level == 0) {
      level = levels.create(order, tree.foundIndex());
      tree.insert(level);
    } else {
      levels.append(level, order);
    }
    change(tree, level, side);
  }

  /** Top of book is written again at the end of the change if the level is the best one. */
  private void change(PriceTree tree, int level, int side) {
    if (level == tree.bestLevel()) {
      changedSides |= 1 << side;
    }
  }

  @Override
  public void append(int order, int side, int last) {
    int price = UnsafeApi.getInt(orders.line(order) + OrderLine.PRICE);
    long lastLine = orders.line(last);
    boolean isAtItsPrice = last != 0 && UnsafeApi.getInt(lastLine + OrderLine.PRICE) == price;
    if (isAtItsPrice) {
      int level = UnsafeApi.getInt(lastLine + OrderLine.LEVEL);
      levels.append(level, order);
      change(tree(side), level, side);
    } else {
      add(order, side);
    }
  }

  @Override
  public void remove(int order, int side) {
    long line = orders.line(order);
    int level = UnsafeApi.getInt(line + OrderLine.LEVEL);
    long at = levels.address(level);
    PriceTree tree = tree(side);
    change(tree, level, side);
    if (UnsafeApi.getInt(at + Levels.COUNT) == 1) {
      tree.remove(level);
      levels.pool().free(level);
    } else {
      levels.unlink(at, line);
    }
    UnsafeApi.putInt(line + OrderLine.LEVEL, 0);
  }

  @Override
  public void reduce(int order, int side, int quantity) {
    int level = UnsafeApi.getInt(orders.line(order) + OrderLine.LEVEL);
    levels.reduce(level, quantity);
    change(tree(side), level, side);
  }

  @Override
  public int best(int side) {
    return headOf(tree(side).bestLevel());
  }

  @Override
  public int next(int order, int side) {
    long line = orders.line(order);
    int next = UnsafeApi.getInt(line + OrderLine.NEXT);
    return next != 0
        ? next
        : headOf(tree(side).levelBehind(UnsafeApi.getInt(line + OrderLine.PRICE)));
  }

  private int headOf(int level) {
    return level == 0 ? 0 : UnsafeApi.getInt(levels.address(level) + Levels.HEAD);
  }

  @Override
  public boolean crosses(int side, int limit) {
    return tree(side).reaches(limit);
  }

  @Override
  public boolean hasRoom(int side, int price) {
    return !levels.pool().exhausted() || tree(side).find(price) != 0;
  }

  @Override
  public boolean alone(int order) {
    int level = UnsafeApi.getInt(orders.line(order) + OrderLine.LEVEL);
    return UnsafeApi.getInt(levels.address(level) + Levels.COUNT) == 1;
  }

  @Override
  public int levels(int side) {
    return tree(side).count();
  }

  @Override
  public void beginChange() {
    BookVersion.begin(address);
  }

  @Override
  public void endChange() {
    while (changedSides != 0) {
      int side = Integer.numberOfTrailingZeros(changedSides);
      changedSides &= changedSides - 1;
      writeTop(side);
    }
    BookVersion.end(address);
  }

  /** By address and not by branch: which side it is, nobody foretells. */
  private void writeTop(int side) {
    // No level is 0: what stands there is zero.
    long from = levels.address(PriceTree.bestLevel(address + BIDS + 64L * side));
    long at = address + TOP + 16L * side;
    UnsafeApi.putLong(at, UnsafeApi.getInt(from + Levels.PRICE));
    UnsafeApi.putLong(at + 8, UnsafeApi.getLong(from + Levels.TOTAL));
    UnsafeApi.putInt(address + TOP + 32 + 4L * side, UnsafeApi.getInt(from + Levels.COUNT));
  }
}
