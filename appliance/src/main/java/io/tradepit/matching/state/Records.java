package io.tradepit.matching.state;

/**
 * Records of one size, by number from 0, side by side in a region of the pages. Those on the page
 * that the region begins on are found without asking where their page is: low numbers are the ones
 * in use, and a walk asks for many, each behind the other.
 */
public sealed class Records permits RecordPool {
  private final Memory memory;
  private final long region;
  private final int shift;
  private final long near;
  private final long nearBytes;

  /**
   * @param region where it begins in the pages
   * @param shift a record has 2<sup>shift</sup> bytes
   */
  public Records(Memory memory, long region, int shift) {
    this.memory = memory;
    this.region = region;
    this.shift = shift;
    this.near = memory.address(region);
    this.nearBytes = Regions.PAGE_BYTES - (region & Regions.PAGE_MASK);
  }

  /** The native address of a record. */
  public final long address(int record) {
    long at = (long) record << shift;
    return at < nearBytes ? near + at : memory.address(region + at);
  }
}
