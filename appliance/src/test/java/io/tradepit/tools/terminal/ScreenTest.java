package io.tradepit.tools.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ScreenTest {
  private static final String ESC = "\u001b";

  @Test
  void shouldSendAFirstFrameWhole() {
    Screen screen = new Screen(Palette.BASIC);
    assertEquals(
        ESC + "[0m" + ESC + "[2J" + ESC + "[1;2H" + ESC + "[0;1mab" + ESC + "[0m",
        screen.update(frame("ab", Style.BOLD)));
  }

  @Test
  void shouldSendOnlyWhatChanged() {
    Screen screen = new Screen(Palette.NONE);
    screen.update(frame("one  two  three  four", Style.PLAIN));
    assertEquals("", screen.update(frame("one  two  three  four", Style.PLAIN)));
    assertEquals(
        ESC + "[1;2H" + "1" + ESC + "[1;19HF",
        screen.update(frame("1ne  two  three  Four", Style.PLAIN)));
  }

  @Test
  void shouldSendACellWhoseStyleChanged() {
    Screen screen = new Screen(Palette.RICH);
    screen.update(frame("x", Style.PLAIN));
    assertEquals(
        ESC + "[1;2H" + ESC + "[0;38;5;114mx" + ESC + "[0m", screen.update(frame("x", Style.BID)));
  }

  @Test
  void shouldEraseWhatIsNoLongerThere() {
    Screen screen = new Screen(Palette.NONE);
    screen.update(frame("abc", Style.PLAIN));
    assertEquals(ESC + "[1;3H  ", screen.update(frame("a", Style.PLAIN)));
  }

  @Test
  void shouldBeginAnewWhenTheSizeChangedOrAnotherWrote() {
    Screen screen = new Screen(Palette.NONE);
    screen.update(frame("a", Style.PLAIN));
    Canvas larger = new Canvas(50, 2);
    larger.text(1, 0, "b", Style.PLAIN);
    assertEquals(ESC + "[0m" + ESC + "[2J" + ESC + "[2;1Hb", screen.update(larger));
    screen.forget();
    assertEquals(ESC + "[0m" + ESC + "[2J" + ESC + "[2;1Hb", screen.update(larger));
  }

  @Test
  void shouldPrintBlocksWhenPlain() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Display display =
        Display.plain(
            TerminalStyle.PLAIN,
            Map.of("COLUMNS", "120", "LINES", "x"),
            new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      assertEquals(120, display.columns());
      assertEquals(24, display.rows());
      display.show(frame("a", Style.BOLD));
      display.show(frame("b", Style.BOLD));
    }
    assertEquals(" a\n\n b\n\n", bytes.toString(StandardCharsets.UTF_8));
  }

  private static Canvas frame(String text, Style style) {
    Canvas canvas = new Canvas(40, 2);
    canvas.text(0, 1, text, style);
    return canvas;
  }
}
