package io.tradepit.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * When something is due: one thread says it, any other looks. Nanoseconds since the Unix epoch. On
 * cache lines of its own, and written only when it changes, so that looking costs nothing.
 */
public final class Deadline {
  /** While nothing is due. */
  public static final long NONE = Long.MAX_VALUE;

  private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int LINES = 16;

  // Nothing else is within 128 bytes of the one in the middle.
  private final long[] values = new long[2 * LINES];
  private long set = NONE;

  public Deadline() {
    VALUES.setRelease(values, LINES, NONE);
  }

  /** Sets it; one thread only. */
  public void set(long ns) {
    if (ns != set) {
      set = ns;
      // Pairs with the acquire of ns(): only the number itself is handed over.
      VALUES.setRelease(values, LINES, ns);
    }
  }

  /** The deadline that was set last, or {@link #NONE}. */
  public long ns() {
    return (long) VALUES.getAcquire(values, LINES);
  }
}
