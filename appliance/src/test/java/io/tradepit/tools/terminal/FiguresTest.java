package io.tradepit.tools.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FiguresTest {
  @Test
  void shouldShowPricesWithTwoDecimalsOrWhatTheyNeed() {
    assertEquals("72.15", Figures.price(721_500));
    assertEquals("1250.00", Figures.price(12_500_000));
    assertEquals("0.9512", Figures.price(9_512));
    assertEquals("0.00", Figures.price(0));
    assertEquals("-0.25", Figures.price(-2_500));
    assertEquals("0.9480", Figures.price(9_480, Figures.decimals(1)));
    assertEquals(2, Figures.decimals(500));
    assertEquals(3, Figures.decimals(10));
  }

  @Test
  void shouldShowLargeNumbersInFiveCharacters() {
    assertEquals("0", Figures.compact(0));
    assertEquals("999", Figures.compact(999));
    assertEquals("1.00k", Figures.compact(1_000));
    assertEquals("12.3k", Figures.compact(12_345));
    assertEquals("1.00M", Figures.compact(999_999));
    assertEquals("4.56M", Figures.compact(4_560_000));
    assertEquals("-12.3k", Figures.compact(-12_345));
    assertEquals("12,345", Figures.whole(12_345));
  }

  @Test
  void shouldShowDurationsInTheUnitThatFits() {
    assertEquals("999 ns", Figures.duration(999));
    assertEquals("1.00 us", Figures.duration(1_000));
    assertEquals("85.2 us", Figures.duration(85_200));
    assertEquals("1.00 ms", Figures.duration(999_999));
    assertEquals("1.24 ms", Figures.duration(1_240_000));
    assertEquals("2.50 s", Figures.duration(2_500_000_000L));
    assertEquals("-1.24%", Figures.percent(-0.0124));
    assertEquals("+1.00%", Figures.percent(0.01));
    assertEquals("0.00%", Figures.percent(-0.00001));
    assertEquals("-12,345.67", Figures.money(-123_456_700));
    assertEquals("09:30:00.123", Figures.time(34_200_123_456_789L));
  }
}
