package io.tradepit.perf.memory;

import io.tradepit.matching.Matcher;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import io.tradepit.perf.StatePools;

/**
 * How many records of each kind a matching state has in use at a moment, and what the layout says
 * that they take.
 *
 * @param nodes of the price trees, of all heights
 */
record StateCounts(int orders, int levels, int nodes, int instruments, int sessions) {
  private static final int ORDER =
      (1 << Regions.ORDER_SHIFT)
          + (1 << Regions.DETAIL_SHIFT)
          + (1 << Regions.LINK_SHIFT)
          + (1 << Regions.REFERENCE_SHIFT);
  private static final int LEVEL = 1 << Regions.LEVEL_SHIFT;
  private static final int NODE = (1 << Regions.NODE_SHIFT) + (1 << Regions.MAP_SHIFT);
  private static final int INSTRUMENT = Regions.BOOK_BYTES + (1 << Regions.SYMBOL_SHIFT);
  private static final int SESSION =
      (1 << Regions.SESSION_SHIFT) + (1 << Regions.TIMER_SHIFT) + (1 << Regions.CHANNELS_SHIFT);

  /** Of a matcher between two commands; the nodes' pools are read in its memory. */
  static StateCounts of(Matcher matcher, Memory memory, Regions regions, int sessions) {
    Header header = new Header(memory, Matcher.RULE_VERSION);
    return new StateCounts(
        matcher.ordersInUse(),
        matcher.levelsInUse(),
        new StatePools(memory, regions, header).nodesInUse(),
        matcher.instruments(),
        sessions);
  }

  /** What came to it since then. */
  StateCounts since(StateCounts before) {
    return new StateCounts(
        orders - before.orders,
        levels - before.levels,
        nodes - before.nodes,
        instruments - before.instruments,
        sessions - before.sessions);
  }

  /** By the sizes of the records, nothing rounded. */
  long layoutBytes() {
    return (long) orders * ORDER
        + (long) levels * LEVEL
        + (long) nodes * NODE
        + (long) instruments * INSTRUMENT
        + (long) sessions * SESSION;
  }
}
