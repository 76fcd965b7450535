package io.tradepit.dpdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.shim.Trial;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tries the shim of DPDK out with the address and undefined-behaviour sanitizers: {@code
 * port_trial.c}. They watch the shim's own memory; the frames lie in DPDK's, which is mapped.
 */
@Timeout(300)
class PortTrialTest {
  private static final Trial TRIAL = new Trial("dpdk-sanitized/port-trial");

  @BeforeAll
  static void build() throws Exception {
    Trial.build();
  }

  @Test
  void shouldRefuseWrongArgumentsWithoutAWordToTheTerminal() throws Exception {
    TRIAL.run("arguments");
  }

  @Test
  void shouldBringFramesBackAndDropWhatWaitsForASecond() throws Exception {
    TRIAL.run("ring", Trial.IS_LONG ? "10000000" : "20000");
  }

  @Test
  void shouldLeaveNothingAttachedWhenADeviceIsRefused() throws Exception {
    TRIAL.run("refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp"})
  void shouldSendAndReceiveThroughACable(String driver) throws Exception {
    assumeCable();
    TRIAL.run("packets", driver, "1000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp"})
  void shouldDropWhatIsSentWhileTheLinkIsDown(String driver) throws Exception {
    assumeCable();
    TRIAL.run("link", driver);
  }

  private static void assumeCable() {
    assumeTrue(Trial.IS_LONG, "skipped: in the long tier");
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: cables need root");
  }
}
