package io.tradepit.transport;

import io.tradepit.net.PortBench;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class BypassTransportTest extends TransportContractTest {
  private static PortBench bench;

  BypassTransportTest() {
    super(new BypassSite(bench));
  }

  @BeforeAll
  static void openPort() throws IOException {
    bench = PortBench.open("net_af_packet");
  }

  @AfterAll
  static void closePort() throws IOException {
    if (bench != null) {
      bench.close();
    }
  }
}
