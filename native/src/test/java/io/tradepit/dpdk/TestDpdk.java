package io.tradepit.dpdk;

import java.util.List;

/** The environment of the tests: there is one a process, started by the first that asks. */
final class TestDpdk {
  static final Dpdk DPDK = started();

  private TestDpdk() {}

  private static Dpdk started() {
    Dpdk dpdk = new FfmDpdk();
    dpdk.start(
        List.of(
            "--no-huge", "-m", "128", "--no-shconf", "--no-pci", "--no-telemetry", "--lcores=0@0"));
    return dpdk;
  }
}
