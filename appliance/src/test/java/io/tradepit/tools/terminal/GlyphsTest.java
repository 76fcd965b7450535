package io.tradepit.tools.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GlyphsTest {
  @Test
  void shouldDrawBarsInEighthsOfAColumn() {
    assertEquals("", Glyphs.UNICODE.bar(0, 800, 10));
    assertEquals("▏", Glyphs.UNICODE.bar(10, 800, 10));
    assertEquals("▌", Glyphs.UNICODE.bar(40, 800, 10));
    assertEquals("█", Glyphs.UNICODE.bar(80, 800, 10));
    assertEquals("█▎", Glyphs.UNICODE.bar(100, 800, 10));
    assertEquals("██████████", Glyphs.UNICODE.bar(800, 800, 10));
  }

  @Test
  void shouldDrawBarsOfWholeColumnsInAscii() {
    assertEquals("#", Glyphs.ASCII.bar(1, 800, 10));
    assertEquals("#####", Glyphs.ASCII.bar(400, 800, 10));
  }

  @Test
  void shouldFillAndNeverOverflowWhenTheValueIsAboveFull() {
    assertEquals("####", Glyphs.ASCII.bar(Long.MAX_VALUE, 5, 4));
    assertEquals("", Glyphs.ASCII.bar(5, 5, 0));
  }

  @Test
  void shouldDrawSparksBetweenZeroAndTheHighest() {
    assertEquals("▁▄█▁", Glyphs.UNICODE.spark(new long[] {0, 5, 10, 1}));
    assertEquals("_+%", Glyphs.ASCII.spark(new long[] {0, 7, 12}));
    assertEquals("▁▁", Glyphs.UNICODE.spark(new long[2]));
  }
}
