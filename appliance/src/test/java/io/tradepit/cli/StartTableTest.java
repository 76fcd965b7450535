package io.tradepit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartTableTest {
  private static final String LONG_VALUE =
      "recorded; survives: process yes, OS no, power no; the recorder writes before an answer";

  private final StartTable table =
      new StartTable("Tradepit segment embedded")
          .section("ports")
          .row("order entry 1", "127.0.0.1:9001 io_uring")
          .row("metrics", "127.0.0.1:9464")
          .section("durability")
          .row("policy", LONG_VALUE);

  @Test
  void shouldAlignValuesAndGoOnBelowWhenOneIsLong() {
    assertEquals(
        """
        Tradepit segment embedded
        ports
          order entry 1  127.0.0.1:9001 io_uring
          metrics        127.0.0.1:9464
        durability
          policy         recorded; survives: process yes, OS no, power no; the recorder
                         writes before an answer
        """,
        table.render(false));
  }

  @Test
  void shouldStayWithin80ColumnsAlsoWithoutASpaceToBreakAt() {
    String text = table.row("path", "/x".repeat(200)).render(false);

    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    assertEquals(200, text.replace("127.0.0.1", "").chars().filter(c -> c == '/').count());
  }

  @Test
  void shouldColourHeadingsOnlyWhereItIsWelcome() {
    assertTrue(table.render(true).startsWith("\u001b[1mTradepit segment embedded\u001b[0m\n"));
    assertFalse(table.render(false).contains("\u001b"));
    assertTrue(StartTable.colourOn(Map.of("TERM", "xterm"), true));
    assertFalse(StartTable.colourOn(Map.of("TERM", "xterm"), false));
    assertFalse(StartTable.colourOn(Map.of("TERM", "dumb"), true));
    assertFalse(StartTable.colourOn(Map.of(), true));
    assertFalse(StartTable.colourOn(Map.of("TERM", "xterm", "NO_COLOR", "1"), true));
  }

  @Test
  void shouldRefuseANameThatIsTooLong() {
    assertThrows(IllegalArgumentException.class, () -> table.row("n".repeat(25), ""));
  }

  @Test
  void shouldRewriteTheStatusLineOnATerminal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StatusLine line = new StatusLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
    line.update("a".repeat(100), 0);
    line.update("two", 1);
    line.end();

    assertEquals(
        "\r\u001b[K" + "a".repeat(79) + "\r\u001b[Ktwo" + System.lineSeparator(),
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void shouldPrintAStatusLineEveryTenSecondsElsewhere() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StatusLine line = new StatusLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    for (int second = 0; second <= 20; second++) {
      line.update("s" + second, second * 1_000_000_000L);
    }
    line.end();

    assertEquals("s0\ns10\ns20\n", bytes.toString(StandardCharsets.UTF_8));
  }
}
