package io.tradepit.net;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.DpdkEnvironment;
import java.util.List;

/**
 * DPDK for the tests of this JVM, which can start it once: without reserved pages, cards or files.
 * It ends with the JVM.
 */
public final class SharedDpdk {
  /** What it is started with; a profile of a test that runs a segment in this JVM says the same. */
  public static final List<String> ARGUMENTS =
      List.of(
          "--no-huge", "-m", "256", "--no-shconf", "--no-pci", "--no-telemetry", "--lcores=0@0");

  private SharedDpdk() {}

  /** Started already; {@link Dpdk#start} and {@link Dpdk#stop} of it are for nobody. */
  public static Dpdk dpdk() {
    return DpdkEnvironment.start(ARGUMENTS);
  }
}
