package io.tradepit.perf;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FfmDpdk;
import io.tradepit.dpdk.PortOptions;
import io.tradepit.lwip.FfmLwip;
import io.tradepit.lwip.Lwip;
import io.tradepit.lwip.StackOptions;
import java.util.List;
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

  private final Dpdk dpdk = new FfmDpdk();
  private final Lwip lwip = new FfmLwip();
  private long port;

  /** Starts the environment, opens the port and the stack over it, and listens. */
  @Setup(Level.Trial)
  public void open() {
    dpdk.start(
        List.of(
            "--no-huge", "-m", "128", "--no-shconf", "--no-pci", "--no-telemetry", "--lcores=0@0"));
    int error = dpdk.registerThread();
    if (error != 0) {
      throw new IllegalStateException("registerThread=" + error);
    }
    port = dpdk.open(PortOptions.of("net_ring_stack", ""));
    lwip.open(
        dpdk.device(port),
        new StackOptions(ADDRESS, 24, 0, 0, CONNECTIONS, CONNECTIONS, SEND_BYTES));
    lwip.listen(LISTENING_PORT);
  }

  /** Ends what {@link #open} began. */
  @TearDown(Level.Trial)
  public void close() {
    lwip.close();
    dpdk.close(port);
    dpdk.unregisterThread();
    dpdk.stop();
  }

  /** A turn without work: the downcall, the driver's empty poll, the look at the clock. */
  @Benchmark
  public int idlePoll() {
    return lwip.poll();
  }
}
