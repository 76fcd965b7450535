package io.tradepit.perf;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.RecordPool;
import io.tradepit.matching.state.Regions;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The pools of a matching state, read in its memory between two messages: orders, levels, and the
 * nodes of the price trees at each height. Reads; never allocates or frees a record.
 */
public final class StatePools {
  private static final int NO_LINK = 0; // no free list is followed here
  private final RecordPool orders;
  private final RecordPool levels;
  private final RecordPool[] nodes = new RecordPool[Regions.HEIGHTS];

  public StatePools(Memory memory, Regions regions, Header header) {
    orders =
        new RecordPool(
            memory,
            regions.orders,
            Regions.ORDER_SHIFT,
            NO_LINK,
            regions.maxOrders,
            header.orderPool());
    levels =
        new RecordPool(
            memory,
            regions.levels,
            Regions.LEVEL_SHIFT,
            NO_LINK,
            regions.maxLevels,
            header.levelPool());
    for (int height = 0; height < nodes.length; height++) {
      nodes[height] =
          new RecordPool(
              memory,
              regions.nodes(height),
              Regions.NODE_SHIFT,
              NO_LINK,
              regions.maxNodes(height),
              header.nodePool(height));
    }
  }

  /** Records of all kinds; allocates nothing. */
  public int inUse() {
    return orders.inUse() + levels.inUse() + nodesInUse();
  }

  /** Nodes of all heights; allocates nothing. */
  public int nodesInUse() {
    int sum = 0;
    for (RecordPool pool : nodes) {
      sum += pool.inUse();
    }
    return sum;
  }

  /** How many of each kind were ever in use at once, {@code name=value}; nodes from height 0 on. */
  public String mostInUse() {
    return Arrays.stream(nodes)
        .map(pool -> Integer.toString(pool.highWater()))
        .collect(
            Collectors.joining(
                "/",
                "orders=" + orders.highWater() + " levels=" + levels.highWater() + " nodes=",
                ""));
  }
}
