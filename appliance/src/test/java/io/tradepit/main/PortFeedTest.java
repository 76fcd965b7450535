package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed by an Ethernet port, received by the kernel and nassau on the far end of the cable. */
@Timeout(120)
class PortFeedTest {
  private static final int ORDERS = 1_000;
  private static final long PRICE = 250_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"net_af_packet", "net_af_xdp"})
  void shouldPublishBothLinesByAPort(String driver) throws IOException, InterruptedException {
    try (PortSegment plan = new PortSegment(directory).writeFeedOnly(driver);
        Feed lineA = plan.join(PortSegment.LINE_A);
        Feed lineB = plan.join(PortSegment.LINE_B);
        SegmentProcess segment = plan.start()) {
      try (Member member = plan.login("NPT1", 1)) {
        for (int urn = 1; urn <= ORDERS; urn++) {
          member.send(OuchBytes.enter(urn, 'B', 10, "BIRCH", PRICE));
        }
        member.awaitMessages(ORDERS + 1);
      }
      lineA.awaitMessages(7 + ORDERS);
      lineB.awaitMessages(7 + ORDERS);
      for (int i = 0; i < lineA.received.size(); i++) {
        assertArrayEquals(lineA.received.get(i), lineB.received.get(i), "message " + i);
      }
      assertEquals(1, lineA.firstSequence());
      String table = segment.output();
      assertTrue(table.contains("b1 by " + driver + ", 10.77.1.1/24, MAC "), table);
      assertEquals(0, segment.stop());
      Tier.ran("feed by a port", "driver=" + driver + " messages=" + lineA.received.size());
    }
  }
}
