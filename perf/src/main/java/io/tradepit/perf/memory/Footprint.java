package io.tradepit.perf.memory;

/**
 * What one more of a kind takes, on average over many.
 *
 * @param kind of what
 * @param count over how many
 * @param reserved by the layout for one more of capacity, bytes
 * @param layout the records that one uses, by their sizes, bytes
 * @param resident what it takes of the memory, bytes
 */
public record Footprint(String kind, int count, double reserved, double layout, double resident) {
  /** By how much the memory is more than the records, as a share of them. */
  public double excess() {
    return resident / layout - 1;
  }
}
