package io.tradepit.matching.book;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import org.agrona.concurrent.UnsafeBuffer;

/** The books of all instruments, numbered from 1, and the records they share. */
public final class Books {
  private final Orders orders;
  private final Levels levels;
  private final TreeNodes[] nodes;
  private final TreeBook[] books;
  private final long[] addresses;
  private final Instruments instruments;
  // Held so that a direct buffer under a book is not collected.
  private final UnsafeBuffer[] buffers;

  public Books(UnsafeBuffer[] buffers, Memory memory, Regions regions, Header header) {
    this.buffers = buffers.clone();
    this.orders = new Orders(memory, regions, header);
    this.levels = new Levels(memory, regions, header, orders);
    this.nodes = TreeNodes.ofAllHeights(memory, regions, header);
    this.addresses = new long[buffers.length + 1];
    this.books = new TreeBook[buffers.length + 1];
    for (int i = 1; i < books.length; i++) {
      addresses[i] = Memory.addressOf(buffers[i - 1], Regions.BOOK_BYTES);
      books[i] = new TreeBook(addresses[i], this);
    }
    this.instruments = new Instruments(addresses, memory, regions, header);
  }

  public Orders orders() {
    return orders;
  }

  public Instruments instruments() {
    return instruments;
  }

  public OrderBook book(int instrument) {
    return books[instrument];
  }

  /** Books that the memory has room for. */
  public int capacity() {
    return buffers.length;
  }

  public int levelsInUse() {
    return levels.pool().inUse();
  }

  /**
   * Nodes at a height in the trees of all books, see {@link PriceTree}.
   *
   * @param height from 0, below {@link Regions#HEIGHTS}
   */
  public int nodesInUse(int height) {
    return nodes[height].pool().inUse();
  }

  long address(int instrument) {
    return addresses[instrument];
  }

  Levels levels() {
    return levels;
  }

  /** By height; not to be changed. */
  TreeNodes[] nodes() {
    return nodes;
  }
}
