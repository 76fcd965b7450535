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
  private final PoolAudit chunksUsed;
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
    this.chunksUsed = new PoolAudit(books.chunks(), "chunk");
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
    ordersUsed.complete();
    levelsUsed.complete();
    chunksUsed.complete();
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
    checkSide(instrument, OrderBook.BID, at + LadderBook.BIDS, 1);
    checkSide(instrument, OrderBook.ASK, at + LadderBook.ASKS, -1);
    long bid = UnsafeApi.getLong(at + LadderBook.TOP);
    long ask = UnsafeApi.getLong(at + LadderBook.TOP + 16);
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

  /** Chunks from the touch outwards, each level's key below the one before. */
  private void checkSide(int instrument, int side, long address, int sign) {
    int chunk = UnsafeApi.getInt(address + LadderSide.TOUCH);
    int found = 0;
    int inner = 0;
    int best = 0;
    long last = Long.MAX_VALUE;
    while (chunk != 0) {
      chunksUsed.use(chunk, "instrument", instrument);
      long at = books.chunks().address(chunk);
      requireSame("inner chunk", UnsafeApi.getInt(at + LadderSide.INNER), inner, "chunk", chunk);
      int count = UnsafeApi.getInt(at + LadderSide.COUNT);
      require(count >= 1 && count <= LadderSide.ENTRIES, "levels", count, "chunk", chunk);
      for (int i = count - 1; i >= 0; i--) {
        long entry = UnsafeApi.getLong(at + LadderSide.FIRST + ((long) i << 3));
        int key = (int) (entry >> 32);
        require(key < last, "level's price out of order", (long) sign * key, "chunk", chunk);
        checkLevel(instrument, side, (int) entry, sign * key);
        best = found++ == 0 ? (int) entry : best;
        last = key;
      }
      inner = chunk;
      chunk = UnsafeApi.getInt(at + LadderSide.OUTER);
    }
    requireSame(
        "levels", UnsafeApi.getInt(address + LadderSide.LEVELS), found, "instrument", instrument);
    checkTop(instrument, side, best);
  }

  private void checkTop(int instrument, int side, int level) {
    long at = books.address(instrument) + LadderBook.TOP;
    long from = level == 0 ? 0 : levels.pool().address(level);
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

  private void checkLevel(int instrument, int side, int level, int price) {
    levelsUsed.use(level, "instrument", instrument);
    long at = levels.pool().address(level);
    requireSame("level's price", UnsafeApi.getInt(at + Levels.PRICE), price, "level", level);
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
      checkOrder(order, line, instrument, side, price, number);
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
