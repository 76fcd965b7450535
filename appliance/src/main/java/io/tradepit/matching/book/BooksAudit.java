package io.tradepit.matching.book;

import static io.tradepit.matching.state.StateDefectException.require;
import static io.tradepit.matching.state.StateDefectException.requireSame;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.PoolAudit;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateHash;
import org.agrona.UnsafeApi;

/**
 * Walks the books and all that hangs on them between two commands, trusting nothing: every record
 * number is checked before it is followed. Adds up what instruments and resting orders give to the
 * state hash. Not hot.
 */
public final class BooksAudit {
  private final Books books;
  private final Orders orders;
  private final Levels levels;
  private final Instruments instruments;
  private final Memory memory;
  private final Regions regions;
  private final long lastOrderNumber;
  private final PoolAudit ordersUsed;
  private final PoolAudit levelsUsed;
  private final PoolAudit[] nodesUsed = new PoolAudit[Regions.HEIGHTS];
  // The side that is being checked, and what was found of it.
  private int place;
  private int placeSide;
  private int levelsOfPlace;
  private int hubOfPlace;
  private int found;
  private int best;
  private int bestIndex;
  private long hash;

  /**
   * @param memory of the pages that the books share
   */
  public BooksAudit(Books books, Memory memory, Regions regions, Header header) {
    this.books = books;
    this.orders = books.orders();
    this.levels = books.levels();
    this.instruments = books.instruments();
    this.memory = memory;
    this.regions = regions;
    this.lastOrderNumber = header.counter(Header.ORDER_NUMBER);
    this.ordersUsed = new PoolAudit(orders.pool(), "order");
    this.levelsUsed = new PoolAudit(levels.pool(), "level");
    for (int height = 0; height < Regions.HEIGHTS; height++) {
      nodesUsed[height] = new PoolAudit(books.nodes()[height].pool(), "node of height " + height);
    }
  }

  /**
   * Checks everything.
   *
   * @return what instruments and resting orders add to the state hash
   * @throws io.tradepit.matching.state.StateDefectException at the first thing that is wrong
   */
  public long check() {
    int count = instruments.count();
    require(count >= 0 && count <= books.capacity(), "instruments", count, "of", books.capacity());
    checkSymbols(count);
    hash = 0;
    for (int instrument = 1; instrument <= count; instrument++) {
      check(instrument);
    }
    for (int instrument = count + 1; instrument <= books.capacity(); instrument++) {
      checkUnlisted(instrument);
    }
    checkNoLevel();
    ordersUsed.complete();
    levelsUsed.complete();
    for (int height = 0; height < Regions.HEIGHTS; height++) {
      checkFreeNodes(height);
      nodesUsed[height].complete();
    }
    return hash;
  }

  /** Whether an order rests in one of the books, as {@link #check} has found. */
  public boolean isResting(int order) {
    return order >= 1 && order <= regions.maxOrders && levelOf(order) != 0;
  }

  private int levelOf(int order) {
    return ordersUsed.isUsed(order) ? UnsafeApi.getInt(orders.line(order) + OrderLine.LEVEL) : 0;
  }

  /** Every entry is of a listed instrument, and every symbol is found where it should be. */
  private void checkSymbols(int count) {
    int entries = 0;
    for (int i = 0; i < regions.symbolEntries; i++) {
      int instrument =
          UnsafeApi.getInt(memory.address(regions.symbols + ((long) i << Regions.SYMBOL_SHIFT)));
      require(instrument >= 0 && instrument <= count, "symbol entry", instrument, "entry", i);
      entries += instrument == 0 ? 0 : 1;
    }
    requireSame("symbol entries", entries, count, "instruments", count);
    for (int i = 1; i <= count; i++) {
      requireSame("symbol", instruments.find(instruments.symbol(i)), i, "instrument", i);
    }
  }

  private void checkUnlisted(int instrument) {
    for (int i = 0; i < Regions.BOOK_BYTES; i += Long.BYTES) {
      long found = UnsafeApi.getLong(books.address(instrument) + i);
      requireSame("not listed", found, 0, "instrument", instrument);
    }
  }

  private void check(int instrument) {
    long at = books.address(instrument);
    hash += instrumentHash(instrument);
    require((BookVersion.of(at) & 1) == 0, "version", BookVersion.of(at), "instrument", instrument);
    checkTick(instrument, at);
    checkSide(instrument, OrderBook.BID, at + TreeBook.BIDS);
    checkSide(instrument, OrderBook.ASK, at + TreeBook.ASKS);
    long bid = UnsafeApi.getLong(at + TreeBook.TOP);
    long ask = UnsafeApi.getLong(at + TreeBook.TOP + 16);
    require(bid == 0 || ask == 0 || bid < ask, "crossed bid", bid, "instrument", instrument);
  }

  private long instrumentHash(int instrument) {
    return Instruments.definitionHash(
            instrument,
            instruments.symbol(instrument),
            instruments.tick(instrument),
            instruments.referencePrice(instrument),
            instruments.lot(instrument))
        + StateHash.key(StateHash.TRADING_STATE, instrument) * instruments.state(instrument)
        + StateHash.key(StateHash.HALT_REASON, instrument) * instruments.reason(instrument);
  }

  private void checkTick(int instrument, long at) {
    long tick = instruments.tick(instrument);
    require(tick > 0, "tick", tick, "instrument", instrument);
    int twos = UnsafeApi.getInt(at + Instruments.TWOS);
    requireSame("twos", twos, Instruments.twos(tick), "instrument", instrument);
    int inverse = UnsafeApi.getInt(at + Instruments.INVERSE);
    requireSame("inverse", inverse, Instruments.inverse(tick), "instrument", instrument);
  }

  /** The tree from its root, best level first; and what the side's line says of it. */
  private void checkSide(int instrument, int side, long address) {
    place = instrument;
    placeSide = side;
    levelsOfPlace = UnsafeApi.getInt(address + PriceTree.LEVELS);
    hubOfPlace = UnsafeApi.getInt(address + PriceTree.HUB);
    found = 0;
    best = 0;
    bestIndex = 0;
    for (int half = 1; half >= 0; half--) {
      int node = UnsafeApi.getInt(address + PriceTree.ROOT + 4L * half);
      if (node != 0) {
        checkNode(node, PriceTree.TOP, half);
      }
    }
    requireLine(address + PriceTree.LEVELS, "levels", found);
    requireLine(address + PriceTree.BEST, "best level", best);
    requireLine(address + PriceTree.BEST_INDEX, "index of the best level", bestIndex);
    checkHub(address);
    checkTop(instrument, side, best);
  }

  private void requireLine(long at, String name, int expected) {
    requireSame(name, UnsafeApi.getInt(at), expected, "instrument", place);
  }

  /** A node has a kid for each bit of its map and none else; the hub of an empty side has none. */
  private void checkNode(int node, int height, int above) {
    nodesUsed[height].use(node, "instrument", place);
    TreeNodes nodes = books.nodes()[height];
    boolean isKept = levelsOfPlace == 0 && height == PriceTree.HUB_HEIGHT && node == hubOfPlace;
    require(isKept || nodes.map(node) != 0, "map", 0, "node", node);
    for (int step = 63; step >= 0; step--) {
      int kid = nodes.kid(node, step);
      boolean isInMap = (nodes.map(node) >>> step & 1) != 0;
      require(isInMap == (kid != 0), "kid that differs from the map", kid, "node", node);
      if (kid > 0) {
        require(height > 0, "node below a leaf", kid, "node", node);
        checkNode(kid, height - 1, above << 6 | step);
      } else if (kid < 0) {
        require(height <= PriceTree.HUB_HEIGHT, "level that hangs too high", -kid, "node", node);
        checkPlace(-kid, node, height, above << 6 | step);
        checkLevel(-kid);
      }
    }
  }

  private void checkPlace(int level, int node, int height, int above) {
    levelsUsed.use(level, "instrument", place);
    int shift = PriceTree.shift(height);
    requireSame("level's place", levels.index(level) >>> shift, above, "level", level);
    requireSame("level's node", levels.node(level), node, "level", level);
    requireSame("height of the level's node", levels.height(level), height, "level", level);
  }

  /** The hub that the side's line keeps is the one that its tag names. */
  private void checkHub(long address) {
    int tag = UnsafeApi.getInt(address + PriceTree.HUB_TAG);
    int hub = 0;
    if (tag != 0) {
      int index = PriceTree.indexOf(tag);
      requireSame("hub's tag", tag, PriceTree.tag(index), "instrument", place);
      hub = UnsafeApi.getInt(address + PriceTree.ROOT + 4L * (index >>> PriceTree.ROOT_SHIFT));
      for (int height = PriceTree.TOP; height > PriceTree.HUB_HEIGHT; height--) {
        hub = books.nodes()[height].kid(hub, index >>> PriceTree.shift(height));
      }
      require(hub != 0, "hub's tag of no node", tag, "instrument", place);
    }
    requireLine(address + PriceTree.HUB, "hub", hub);
  }

  /** Level 0 is what a side without levels has for its best one: all that is read of it is zero. */
  private void checkNoLevel() {
    for (int i = 0; i < 1 << Regions.LEVEL_SHIFT; i += Long.BYTES) {
      requireSame("level", UnsafeApi.getLong(levels.address(0) + i), 0, "level", 0);
    }
  }

  /** What is read of a free node before it has kids is zero; so is what is read of node 0. */
  private void checkFreeNodes(int height) {
    TreeNodes nodes = books.nodes()[height];
    for (int node = 0; node <= nodes.pool().highWater(); node++) {
      if (!nodesUsed[height].isUsed(node)) {
        requireSame("free node's map", nodes.map(node), 0, "node", node);
        for (int step = Math.min(node, 1); step < 64; step++) {
          requireSame("free node's kid", nodes.kid(node, step), 0, "node", node);
        }
      }
    }
  }

  private void checkTop(int instrument, int side, int level) {
    long at = books.address(instrument) + TreeBook.TOP;
    long from = level == 0 ? 0 : levels.address(level);
    requireSame(
        "best price",
        UnsafeApi.getLong(at + (side << 4)),
        level == 0 ? 0 : UnsafeApi.getInt(from + Levels.PRICE),
        "instrument",
        instrument);
    requireSame(
        "best quantity",
        UnsafeApi.getLong(at + (side << 4) + 8),
        level == 0 ? 0 : UnsafeApi.getLong(from + Levels.TOTAL),
        "instrument",
        instrument);
    requireSame(
        "best orders",
        UnsafeApi.getInt(at + 32 + (side << 2)),
        level == 0 ? 0 : UnsafeApi.getInt(from + Levels.COUNT),
        "instrument",
        instrument);
  }

  private void checkLevel(int level) {
    int index = levels.index(level);
    long at = levels.address(level);
    int price = UnsafeApi.getInt(at + Levels.PRICE);
    long tick = instruments.tick(place);
    requireSame("level's price", price, (index ^ PriceTree.flip(placeSide)) * tick, "level", level);
    if (found++ == 0) {
      best = level;
      bestIndex = index;
    }
    int order = UnsafeApi.getInt(at + Levels.HEAD);
    int previous = 0;
    int count = 0;
    long total = 0;
    long number = 0;
    while (order != 0) {
      ordersUsed.use(order, "level", level);
      long line = orders.line(order);
      requireSame("link", UnsafeApi.getInt(line + OrderLine.PREVIOUS), previous, "order", order);
      requireSame("order's level", UnsafeApi.getInt(line + OrderLine.LEVEL), level, "order", order);
      checkOrder(order, line, place, placeSide, price, number);
      number = UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER);
      total += UnsafeApi.getInt(line + OrderLine.REMAINING);
      count++;
      previous = order;
      order = UnsafeApi.getInt(line + OrderLine.NEXT);
    }
    requireSame("level's tail", UnsafeApi.getInt(at + Levels.TAIL), previous, "level", level);
    require(count > 0, "orders", count, "level", level);
    requireSame("orders", UnsafeApi.getInt(at + Levels.COUNT), count, "level", level);
    requireSame("quantity", UnsafeApi.getLong(at + Levels.TOTAL), total, "level", level);
  }

  private void checkOrder(int order, long line, int instrument, int side, int price, long before) {
    requireSame("price", UnsafeApi.getInt(line + OrderLine.PRICE), price, "order", order);
    int of = UnsafeApi.getShort(line + OrderLine.INSTRUMENT) & 0xFFFF;
    requireSame("instrument", of, instrument, "order", order);
    byte letter = UnsafeApi.getByte(line + OrderLine.SIDE);
    require((letter == 'B') == (side == OrderBook.BID), "side", letter, "order", order);
    long number = UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER);
    require(
        number > before && number <= lastOrderNumber,
        "order number out of order",
        number,
        "order",
        order);
    int remaining = UnsafeApi.getInt(line + OrderLine.REMAINING);
    require(remaining > 0, "remaining", remaining, "order", order);
    long key = UnsafeApi.getLong(line + OrderLine.HASH_KEY);
    requireSame("hash key", orders.hashKey(order), key, "order", order);
    hash += key * orders.hashValue(order);
  }
}
