package io.tradepit.perf;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FfmDpdk;
import io.tradepit.dpdk.PortOptions;
import java.util.List;

/**
 * DPDK, and a port of {@code net_ring}, which hands back what was sent. Of the thread that makes
 * it, which is registered with DPDK as a gateway's is; one a JVM, ever.
 */
final class RingPort implements AutoCloseable {
  final Dpdk dpdk = new FfmDpdk();
  final long handle;

  /** Starts the environment and opens the port. */
  RingPort() {
    dpdk.start(
        List.of(
            "--no-huge", "-m", "128", "--no-shconf", "--no-pci", "--no-telemetry", "--lcores=0@0"));
    int error = dpdk.registerThread();
    if (error != 0) {
      throw new IllegalStateException("registerThread=" + error);
    }
    handle = dpdk.open(PortOptions.of("net_ring_perf", ""));
  }

  @Override
  public void close() {
    dpdk.close(handle);
    dpdk.unregisterThread();
    dpdk.stop();
  }
}
