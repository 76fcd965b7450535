package io.tradepit.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.net.PortBench;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract over AF_XDP: in the long tier, since a segment meets that driver in the short one.
 */
class BypassXdpTransportTest extends TransportContractTest {
  private static PortBench bench;

  BypassXdpTransportTest() {
    super(new BypassSite(bench));
  }

  @BeforeAll
  static void openPort() throws IOException {
    assumeTrue(Tier.isLong(), "skipped: the contract over net_af_xdp is in the long tier");
    bench = PortBench.open("net_af_xdp");
  }

  @AfterAll
  static void closePort() throws IOException {
    if (bench != null) {
      bench.close();
    }
  }
}
