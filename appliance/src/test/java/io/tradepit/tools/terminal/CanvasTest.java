package io.tradepit.tools.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CanvasTest {
  @Test
  void shouldCutOffWhatDoesNotFit() {
    Canvas canvas = new Canvas(5, 2);
    canvas.text(0, 3, "abc", Style.PLAIN);
    canvas.text(1, -1, "xyz", Style.PLAIN);
    canvas.text(2, 0, "below", Style.PLAIN);
    canvas.text(-1, 0, "above", Style.PLAIN);
    assertEquals("   ab\nyz\n", canvas.text());
  }

  @Test
  void shouldDrawInsideAWindowOnly() {
    Canvas canvas = new Canvas(8, 3);
    Canvas window = canvas.area(1, 2, 1, 3);
    window.rule(0, '#', Style.DIM);
    window.text(0, 1, "long text", Style.BOLD);
    assertEquals("\n  #lo\n", canvas.text());
    assertEquals(Style.BOLD, canvas.styleAt(1, 3));
    assertEquals(0, canvas.area(2, 9, 5, 5).columns());
  }

  @Test
  void shouldAlignAndReplaceControlCharacters() {
    Canvas canvas = new Canvas(9, 3);
    canvas.right(0, 9, "12", Style.PLAIN);
    canvas.centre(1, "mid", Style.PLAIN);
    canvas.text(2, 0, "a\u001b[b", Style.PLAIN);
    assertEquals("       12\n   mid\na [b\n", canvas.text());
  }

  @Test
  void shouldAlignCellsBelowEachOther() {
    Columns columns = new Columns(5, -4, 3);
    assertEquals("    1  a      22", columns.row("1", "a", "22"));
    assertEquals("   12  abc", columns.row("12", "abc", ""));
    assertEquals("123456  abcde    1", columns.row("123456", "abcde", "1"));
  }

  @Test
  void shouldKeepItsStylesAsTextWhenThereIsAPalette() {
    Canvas canvas = new Canvas(9, 1);
    canvas.text(0, 0, "a", Style.BOLD);
    canvas.text(0, 2, "b", Style.PLAIN);
    assertEquals("\u001b[0;1ma\u001b[0m b\n", canvas.text(Palette.BASIC));
    assertEquals("a b\n", canvas.text());
  }
}
