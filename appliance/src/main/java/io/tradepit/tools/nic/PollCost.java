package io.tradepit.tools.nic;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FrameLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.HdrHistogram.Histogram;

/**
 * What a poll costs that finds nothing, seen from Java: the call, the shim and the driver. Time is
 * taken once for {@value #GROUP} polls, for taking it costs more than a poll.
 */
final class PollCost {
  /** Polls of which one figure is the mean. */
  static final int GROUP = 64;

  private static final int BURST = 64;
  private static final int WARM_UP = 20_000;
  private static final long LONGEST_NS = 1_000_000_000;

  private final Histogram nanoseconds = new Histogram(LONGEST_NS, 2);
  private long frames;

  private PollCost() {}

  /** Polls a port, on its thread, which is DPDK's; what comes in is dropped. */
  static PollCost measure(Dpdk dpdk, long port, int polls) {
    PollCost cost = new PollCost();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate((long) BURST * FrameLayout.LENGTH, Long.BYTES);
      for (int i = 0; i < WARM_UP; i++) {
        cost.poll(dpdk, port, memory.address());
      }
      for (int i = 0; i < polls; i += GROUP) {
        cost.pollGroup(dpdk, port, memory.address());
      }
    }
    return cost;
  }

  private void pollGroup(Dpdk dpdk, long port, long memory) {
    int found = 0;
    long start = System.nanoTime();
    for (int i = 0; i < GROUP; i++) {
      found += poll(dpdk, port, memory);
    }
    long passed = System.nanoTime() - start;
    if (found == 0) {
      nanoseconds.recordValue(Math.min(LONGEST_NS, passed / GROUP));
    }
    frames += found;
  }

  private int poll(Dpdk dpdk, long port, long memory) {
    int count = dpdk.receive(port, memory, BURST);
    dpdk.release(port, memory, count);
    return count;
  }

  /** Of the mean of each group, ns; 0 when something came in all the time. */
  long percentile(double percent) {
    return nanoseconds.getValueAtPercentile(percent);
  }

  /** Frames that came in meanwhile. */
  long frames() {
    return frames;
  }
}
