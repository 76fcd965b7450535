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
    "fixed-mid,fa58a2680c31e0c4",
    "routine-day,6476cda84d5bc0de",
    "swing-25,0b40541396610f09",
    "swing-40,11b659cb658542d8",
    "flash-crash,40169603252876ff",
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
      assertEquals(0.80, shares.repriced(), 0.02);
      assertEquals(2.0, shares.messagesPerOrder(), 0.02);
      assertTrue(shares.isOrderedAndDense(), "ids dense, time never decreases");
    }
  }
}
