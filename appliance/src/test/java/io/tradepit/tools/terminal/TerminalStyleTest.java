package io.tradepit.tools.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TerminalStyleTest {
  @Test
  void shouldUseWhatTheTerminalCan() {
    TerminalStyle style =
        TerminalStyle.of(Map.of("TERM", "xterm-256color", "LANG", "en_GB.UTF-8"), true);
    assertEquals(new TerminalStyle(true, Palette.RICH, Glyphs.UNICODE), style);
    assertEquals(Palette.BASIC, TerminalStyle.of(Map.of("TERM", "vt220"), true).palette());
  }

  @Test
  void shouldSendNoEscapesWhenDumbOrNotATerminal() {
    Map<String, String> dumb = Map.of("TERM", "dumb", "LANG", "C.UTF-8");
    assertEquals(
        new TerminalStyle(false, Palette.NONE, Glyphs.UNICODE), TerminalStyle.of(dumb, true));
    assertFalse(TerminalStyle.of(Map.of("TERM", "xterm"), false).rewritable());
    assertEquals(TerminalStyle.PLAIN, TerminalStyle.of(Map.of(), true));
  }

  @Test
  void shouldSendNoColourWhenNoColorIsSet() {
    TerminalStyle style = TerminalStyle.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true);
    assertEquals(new TerminalStyle(true, Palette.NONE, Glyphs.ASCII), style);
    assertEquals("x", style.styled("x", Style.BID));
  }

  @Test
  void shouldTakeTheFirstLocaleThatIsSet() {
    Map<String, String> posix = Map.of("LC_ALL", "C", "LANG", "en_GB.UTF-8");
    assertEquals(Glyphs.ASCII, TerminalStyle.of(posix, true).glyphs());
    assertEquals(Glyphs.UNICODE, TerminalStyle.of(Map.of("LC_CTYPE", "C.utf8"), true).glyphs());
  }
}
