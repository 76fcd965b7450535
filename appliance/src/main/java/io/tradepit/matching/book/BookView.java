package io.tradepit.matching.book;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Regions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Map;

/**
 * Looks at the books of a matcher that goes on changing them, from another thread or process, and
 * writes nothing. One thread; allocates nothing after construction.
 *
 * <p>The memory may change at any moment under the reader. So every record number is checked before
 * it is followed, every walk is bounded, and what was copied counts only when the book's version
 * was even before and is the same afterwards.
 */
public final class BookView {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final VarHandle ORDERED_LONG = LONG.varHandle();
  private static final int BIDS = 0;
  private static final int ASKS = 1;

  private final Regions regions;
  private final MemorySegment[] books;
  private final MemorySegment[] pages;

  private BookView(Regions regions, MemorySegment[] books, MemorySegment[] pages) {
    this.regions = regions;
    this.books = books.clone();
    this.pages = pages.clone();
  }

  /**
   * A view of books and pages; they may be mapped read-only.
   *
   * @param description as {@link Regions#description} gives it
   * @param books one for each instrument, in the order of the matcher
   * @param pages likewise
   * @throws IllegalArgumentException when the memory is of another layout than this build reads
   */
  public static BookView of(
      Map<String, String> description, MemorySegment[] books, MemorySegment[] pages) {
    Regions regions = Regions.described(description);
    require("books", books, regions.maxInstruments, Regions.BOOK_BYTES);
    require("pages", pages, regions.pages(), Regions.PAGE_BYTES);
    return new BookView(regions, books, pages);
  }

  private static void require(String name, MemorySegment[] parts, int count, int bytes) {
    if (parts.length != count) {
      throw new IllegalArgumentException(name + "=" + parts.length + " needed=" + count);
    }
    for (MemorySegment part : parts) {
      if (part.byteSize() < bytes) {
        throw new IllegalArgumentException(
            name + " lengthBytes=" + part.byteSize() + " needed=" + bytes);
      }
    }
  }

  /** Instruments defined so far. */
  public int instruments() {
    return Math.clamp(header(Header.INSTRUMENTS << 3), 0, books.length);
  }

  /** The instrument of a symbol (eight ASCII bytes as one big-endian number), or 0. */
  public int find(long symbol) {
    for (int instrument = 1; instrument <= instruments(); instrument++) {
      if (symbol(instrument) == symbol) {
        return instrument;
      }
    }
    return 0;
  }

  /** The symbol of an instrument, 1 to {@link #instruments}; 0 = it is being defined. */
  public long symbol(int instrument) {
    return books[instrument - 1].get(LONG, Instruments.SYMBOL);
  }

  /** The sequence number of the last command that was applied whole. */
  public long lastSequence() {
    return header(Header.COMPLETED);
  }

  /** Whether a command is being applied, or was when the matcher died. */
  public boolean isHalfApplied() {
    long completed = header(Header.COMPLETED);
    return header(Header.BEGUN) != completed;
  }

  /** The version of a book: odd while it changes. Copies nothing. */
  public long version(int instrument) {
    // Pairs with the release stores of TreeBook: who sees an even version sees the book it is of.
    return (long) ORDERED_LONG.getAcquire(books[instrument - 1], (long) TreeBook.VERSION);
  }

  /**
   * Copies a book once.
   *
   * @param instrument 1 to {@link #instruments}
   * @return false when it was changing: what {@code to} holds is of no use; try again
   */
  public boolean tryCopy(int instrument, BookDepth to) {
    long before = version(instrument);
    if ((before & 1) != 0) {
      return false;
    }
    boolean whole = copy(instrument, to);
    // Keeps the loads of the copy before the load of the version that proves them; pairs with the
    // store fence in TreeBook.beginChange: who copied a byte of a change sees its odd version.
    VarHandle.loadLoadFence();
    return whole && version(instrument) == before;
  }

  /**
   * Copies a book whatever its version says: what a matcher that died in a change has left, half of
   * it maybe.
   *
   * @return false when the copy makes no sense in itself
   */
  public boolean copy(int instrument, BookDepth to) {
    MemorySegment book = books[instrument - 1];
    to.version = version(instrument);
    to.instrument = instrument;
    to.symbol = book.get(LONG, Instruments.SYMBOL);
    to.tick = book.get(LONG, Instruments.TICK);
    to.referencePrice = book.get(LONG, Instruments.REFERENCE_PRICE);
    to.lot = book.get(INT, Instruments.LOT);
    to.tradingState = (byte) book.get(INT, Instruments.STATE);
    to.haltReason = book.get(INT, Instruments.REASON);
    // Both in any case: half a book is looked at as well.
    boolean bids = copySide(book, BIDS, to.bids());
    boolean asks = copySide(book, ASKS, to.asks());
    return bids && asks;
  }

  private boolean copySide(MemorySegment book, int side, BookDepth.Side to) {
    int top = TreeBook.TOP + (side << 4);
    to.bestPrice = book.get(LONG, top);
    to.bestQuantity = book.get(LONG, top + 8);
    to.bestOrders = book.get(INT, TreeBook.TOP + 32 + (side << 2));
    int tree = side == BIDS ? TreeBook.BIDS : TreeBook.ASKS;
    to.levels = book.get(INT, tree + PriceTree.LEVELS);
    to.count = 0;
    if (to.levels == 0) {
      return true;
    }
    // The better half first, as everywhere below.
    return copyNode(book.get(INT, tree + PriceTree.ROOT + 4), PriceTree.TOP, to)
        && copyNode(book.get(INT, tree + PriceTree.ROOT), PriceTree.TOP, to)
        && to.count == Math.min(to.levels, to.prices.length);
  }

  /** No deeper than the tree is high; each kid gives a level at least, or the walk ends. */
  private boolean copyNode(int node, int height, BookDepth.Side to) {
    if (node == 0) {
      return height == PriceTree.TOP;
    }
    if (node < 1 || node > regions.maxNodes(height)) {
      return false;
    }
    long kids = regions.nodes(height) + ((long) node << Regions.NODE_SHIFT);
    long map = getLong(regions.maps(height) + ((long) node << Regions.MAP_SHIFT));
    boolean isSound = map != 0;
    while (isSound && map != 0 && to.count < to.prices.length) {
      int step = 63 - Long.numberOfLeadingZeros(map);
      map &= ~(1L << step);
      int kid = getInt(kids + ((long) step << 2));
      boolean isLevel = kid < 0 && height <= PriceTree.HUB_HEIGHT;
      boolean isNode = kid > 0 && height > 0;
      isSound = isLevel ? copyLevel(-kid, to) : isNode && copyNode(kid, height - 1, to);
    }
    return isSound;
  }

  private boolean copyLevel(int level, BookDepth.Side to) {
    if (level < 1 || level > regions.maxLevels) {
      return false;
    }
    long at = regions.levels + ((long) level << Regions.LEVEL_SHIFT);
    to.prices[to.count] = getInt(at + Levels.PRICE);
    to.quantities[to.count] = getLong(at + Levels.TOTAL);
    to.orders[to.count] = getInt(at + Levels.COUNT);
    to.count++;
    return true;
  }

  private int getInt(long offset) {
    return pages[(int) (offset >>> Regions.PAGE_SHIFT)].get(INT, offset & Regions.PAGE_MASK);
  }

  private long getLong(long offset) {
    return pages[(int) (offset >>> Regions.PAGE_SHIFT)].get(LONG, offset & Regions.PAGE_MASK);
  }

  private long header(int offset) {
    return (long) ORDERED_LONG.getAcquire(pages[0], (long) offset);
  }
}
