package io.tradepit.matching.book;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.RecordPool;
import io.tradepit.matching.state.Regions;
import org.agrona.UnsafeApi;

/**
 * The nodes of all price trees at one height. A node has up to 64 kids, which are nodes of the
 * height below, above 0, or levels, negative; a bitmap beside it says which it has.
 *
 * <pre>
 *   node: 0 kids (64 ints, 0 = none; of a free node the first is the free list's link)
 *   map:  0 bit n = there is a kid n
 * </pre>
 *
 * Node 0 is never made: its kids are 0 and its map is empty, so a walk needs no question on its
 * way. The matcher's thread; allocates nothing.
 */
final class TreeNodes {
  private final RecordPool pool;
  private final long firstNode;
  private final long firstMap;

  TreeNodes(Memory memory, Regions regions, Header header, int height) {
    this.pool =
        new RecordPool(
            memory,
            regions.nodes(height),
            Regions.NODE_SHIFT,
            0,
            regions.maxNodes(height),
            header.nodePool(height));
    this.firstNode = memory.address(regions.nodes(height));
    this.firstMap = memory.address(regions.maps(height));
  }

  /** One for each height. */
  static TreeNodes[] ofAllHeights(Memory memory, Regions regions, Header header) {
    TreeNodes[] heights = new TreeNodes[Regions.HEIGHTS];
    for (int height = 0; height < heights.length; height++) {
      heights[height] = new TreeNodes(memory, regions, header, height);
    }
    return heights;
  }

  RecordPool pool() {
    return pool;
  }

  private long kidAt(int node, int step) {
    return firstNode + ((long) node << Regions.NODE_SHIFT) + ((long) (step & 63) << 2);
  }

  private long mapAt(int node) {
    return firstMap + ((long) node << Regions.MAP_SHIFT);
  }

  long map(int node) {
    return UnsafeApi.getLong(mapAt(node));
  }

  /** A kid, or 0; of {@code step} the lowest six bits count, here and below. */
  int kid(int node, int step) {
    return UnsafeApi.getInt(kidAt(node, step));
  }

  /** Whether there is a kid below a step, and which one is the highest: its number, or -1. */
  int stepBelow(int node, int step) {
    return 63 - Long.numberOfLeadingZeros(map(node) & ((1L << step) - 1));
  }

  /** The highest kid, or 0 if there is none. */
  int highestKid(int node) {
    return kid(node, 63 - Long.numberOfLeadingZeros(map(node)));
  }

  /** A node without kids. There always is one, see {@link Regions#maxNodes}. */
  int make() {
    int node = pool.allocate();
    assert node != 0 : "nodes ran out before levels";
    UnsafeApi.putInt(kidAt(node, 0), 0);
    return node;
  }

  /** Gives a node a kid, in place of another one or none. */
  void put(int node, int step, int kid) {
    UnsafeApi.putInt(kidAt(node, step), kid);
    long at = mapAt(node);
    UnsafeApi.putLong(at, UnsafeApi.getLong(at) | 1L << step);
  }

  /** Takes a kid from a node; returns whether it was the last one. */
  boolean clear(int node, int step) {
    UnsafeApi.putInt(kidAt(node, step), 0);
    long at = mapAt(node);
    long left = UnsafeApi.getLong(at) & ~(1L << step);
    UnsafeApi.putLong(at, left);
    return left == 0;
  }

  /** Gives back a node without kids. */
  void free(int node) {
    pool.free(node);
  }
}
