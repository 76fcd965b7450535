package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FeedLinesTest {
  @Test
  void shouldRefuseAPortThatDoesNotTakeTheLargestPacket() {
    assertDoesNotThrow(() -> FeedLines.requireRoom("lineAPort", "md-a", 1_428, 1_400));
    StartException refusal =
        assertThrows(
            StartException.class, () -> FeedLines.requireRoom("lineAPort", "md-a", 1_427, 1_400));
    assertEquals(
        "feed.lineAPort=md-a mtu=1427: the feed's largest packet has 1428 bytes",
        refusal.getMessage());
    assertEquals(ExitCode.HOST, refusal.exitCode());
  }
}
