package io.tradepit.matching.state;

import java.util.BitSet;

/**
 * Which records of a pool are in use, told by who uses them, held against the pool: every record up
 * to the high water is either in use or free, and none is both. Not hot; allocates a bit a record.
 */
public final class PoolAudit {
  private final RecordPool pool;
  private final String name;
  private final BitSet used = new BitSet();
  private int count;

  /**
   * @param name of a record, for the line that names a defect
   */
  public PoolAudit(RecordPool pool, String name) {
    this.pool = pool;
    this.name = name;
    int highWater = pool.highWater();
    StateDefectException.require(
        highWater >= 0 && highWater <= pool.capacity(),
        "high water",
        highWater,
        name + " capacity",
        pool.capacity());
  }

  /**
   * A record is said to be in use; only then may it be read.
   *
   * @throws StateDefectException when there is no such record, or it is in use elsewhere
   */
  public void use(int record, String place, long at) {
    boolean exists = record >= 1 && record <= pool.highWater();
    StateDefectException.require(exists && !used.get(record), name, record, place, at);
    used.set(record);
    count++;
  }

  public boolean isUsed(int record) {
    return record >= 1 && used.get(record);
  }

  public int count() {
    return count;
  }

  /** All users have told; throws when the pool says otherwise. */
  public void complete() {
    StateDefectException.requireSame(name + " in use", pool.inUse(), count, "found", count);
    int free = pool.firstFree();
    while (free != 0) {
      use(free, "free list behind", count);
      free = pool.nextFree(free);
    }
    StateDefectException.requireSame(name + " used or free", count, pool.highWater(), "of", count);
  }
}
