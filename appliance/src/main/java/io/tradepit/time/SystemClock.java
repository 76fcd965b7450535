package io.tradepit.time;

import io.tradepit.kernel.Libc;

/** The machine's clock, CLOCK_REALTIME. Any thread may read it. */
public final class SystemClock implements Clock {
  private final Libc libc;

  public SystemClock(Libc libc) {
    this.libc = libc;
  }

  @Override
  public long epochNs() {
    return libc.clockRealtimeNs();
  }
}
