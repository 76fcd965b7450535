package io.tradepit.net;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FfmDpdk;
import java.util.List;

/**
 * DPDK for the tests of this JVM, which can start it once: without reserved pages, cards or files.
 * It ends with the JVM.
 */
public final class SharedDpdk {
  private static final Dpdk DPDK = started();

  private SharedDpdk() {}

  /** Started already; {@link Dpdk#start} and {@link Dpdk#stop} of it are for nobody. */
  public static Dpdk dpdk() {
    return DPDK;
  }

  private static Dpdk started() {
    Dpdk dpdk = new FfmDpdk();
    dpdk.start(
        List.of(
            "--no-huge", "-m", "256", "--no-shconf", "--no-pci", "--no-telemetry", "--lcores=0@0"));
    return dpdk;
  }
}
