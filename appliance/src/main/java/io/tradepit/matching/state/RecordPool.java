package io.tradepit.matching.state;

import org.agrona.UnsafeApi;

/**
 * Records of one size, numbered from 1; 0 means none. Freed ones are handed out again last in,
 * first out, so that a record just freed is warm in the cache. The free list runs through the
 * records themselves. Bookkeeping of 16 bytes in the header: first free, high water, in use.
 */
public final class RecordPool {
  private static final int FREE = 0;
  private static final int HIGH_WATER = 4;
  private static final int IN_USE = 8;
  private final long firstLink;
  private final int shift;
  private final int capacity;
  private final long control;

  /**
   * @param region where record 0 would begin in the pages
   * @param shift a record has 2<sup>shift</sup> bytes
   * @param freeLinkOffset of an int in a free record
   * @param control the address of the bookkeeping
   */
  public RecordPool(
      Memory memory, long region, int shift, int freeLinkOffset, int capacity, long control) {
    this.firstLink = memory.address(region) + freeLinkOffset;
    this.shift = shift;
    this.capacity = capacity;
    this.control = control;
  }

  /** A record, its bytes as they were left, or 0 when none is free. */
  public int allocate() {
    int record = UnsafeApi.getInt(control + FREE);
    if (record != 0) {
      UnsafeApi.putInt(control + FREE, UnsafeApi.getInt(link(record)));
    } else {
      record = UnsafeApi.getInt(control + HIGH_WATER) + 1;
      if (record > capacity) {
        return 0;
      }
      UnsafeApi.putInt(control + HIGH_WATER, record);
    }
    UnsafeApi.putInt(control + IN_USE, inUse() + 1);
    return record;
  }

  private long link(int record) {
    return firstLink + ((long) record << shift);
  }

  public void free(int record) {
    UnsafeApi.putInt(link(record), UnsafeApi.getInt(control + FREE));
    UnsafeApi.putInt(control + FREE, record);
    UnsafeApi.putInt(control + IN_USE, inUse() - 1);
  }

  public int inUse() {
    return UnsafeApi.getInt(control + IN_USE);
  }

  public boolean exhausted() {
    return inUse() == capacity;
  }

  int capacity() {
    return capacity;
  }

  /** The highest record that was ever in use. */
  public int highWater() {
    return UnsafeApi.getInt(control + HIGH_WATER);
  }

  /** The record that is handed out next, or 0. */
  int firstFree() {
    return UnsafeApi.getInt(control + FREE);
  }

  /** The free record behind a free one, or 0. */
  int nextFree(int record) {
    return UnsafeApi.getInt(link(record));
  }
}
