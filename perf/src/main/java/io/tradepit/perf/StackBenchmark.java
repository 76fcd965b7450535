package io.tradepit.perf;

import io.tradepit.lwip.FfmLwip;
import io.tradepit.lwip.Lwip;
import io.tradepit.lwip.StackOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * An idle turn of the TCP stack over a port, without a network and without a connection: the one
 * downcall of a gateway's duty cycle when nobody sends. Needs the shims' folder as {@link
 * PortBenchmark} does.
 */
public class StackBenchmark extends OneThreadBenchmark {
  private static final int ADDRESS = 10 << 24 | 77 << 16 | 1;
  private static final int SEND_BYTES = 1 << 16;
  private static final int CONNECTIONS = 64;
  private static final int LISTENING_PORT = 9001;

  private final Lwip lwip = new FfmLwip();
  private RingPort ring;

  /** Starts the environment, opens the port and the stack over it, and listens. */
  @Setup(Level.Trial)
  public void open() {
    ring = new RingPort();
    lwip.open(
        ring.dpdk.device(ring.handle),
        new StackOptions(ADDRESS, 24, 0, 0, CONNECTIONS, CONNECTIONS, SEND_BYTES));
    lwip.listen(LISTENING_PORT);
  }

  /** Ends what {@link #open} began. */
  @TearDown(Level.Trial)
  public void close() {
    lwip.close();
    ring.close();
  }

  /** A turn without work: the downcall, the driver's empty poll, the look at the clock. */
  @Benchmark
  public int idlePoll() {
    return lwip.poll();
  }
}
