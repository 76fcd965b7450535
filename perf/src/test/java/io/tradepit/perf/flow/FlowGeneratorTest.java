package io.tradepit.perf.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That a seed gives the same bytes everywhere, and the kinds of messages in their shares. */
@Timeout(60)
class FlowGeneratorTest {
  private static final int ORDERS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "fixed-mid,676b4584681e03ef",
    "routine-day,2668e8ad0f9c1cf3",
    "swing-25,2fb8add876471537",
    "swing-40,7e7898b2cf000c67",
    "flash-crash,2f57aa658c3cd4f8",
  })
  void shouldGiveTheBytesThatThisSeedHasAlwaysGiven(String regime, String hash) {
    try (Arena arena = Arena.ofConfined()) {
      Flow flow = FlowGenerator.generate(Regime.of(regime), ORDERS, FlowGenerator.SEED, arena);
      assertEquals(hash, HexFormat.of().toHexDigits(flow.hash()));
    }
  }

  @Test
  void shouldGiveOtherBytesForAnotherSeed() {
    try (Arena arena = Arena.ofConfined()) {
      Flow one = FlowGenerator.generate(Regime.ROUTINE_DAY, 2_000, 1, arena);
      Flow other = FlowGenerator.generate(Regime.ROUTINE_DAY, 2_000, 2, arena);
      assertNotEquals(one.hash(), other.hash());
    }
  }

  @ParameterizedTest
  @EnumSource(Regime.class)
  void shouldSendEachKindInItsShare(Regime regime) {
    try (Arena arena = Arena.ofConfined()) {
      FlowShares shares = new FlowShares(FlowGenerator.generate(regime, ORDERS, 7, arena));
      System.out.println("regime=" + regime.label() + " " + shares);
      assertEquals(0.15, shares.ioc(), 0.01);
      assertEquals(0.20, shares.modified(), 0.01);
      assertEquals(0.95, shares.canceled(), 0.005);
      assertEquals(0.02, shares.stale(), 0.004);
      assertEquals(0.80, shares.repriced(), 0.03);
      assertEquals(2.0, shares.messagesPerOrder(), 0.02);
      assertTrue(shares.isOrderedAndDense(), "ids dense, time never decreases");
    }
  }
}
