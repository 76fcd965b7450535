package io.tradepit.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ExitCode;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole demo against a real segment in a process of its own. */
@Timeout(240)
class DemoToolTest {
  private static final Pattern TRADES = Pattern.compile("  trades      ([\\d,]+), [\\d,]+ shares");

  private static final Pattern DIRECTORY = Pattern.compile("segment in (\\S+), gone at the end");

  @Test
  void shouldTradeForFiveSecondsWithoutARejectAndLeaveNothingBehind() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exitCode = new DemoTool(TerminalStyle.PLAIN, out).run(Duration.ofSeconds(5), 7, 300);
    String said = bytes.toString(StandardCharsets.UTF_8);
    System.out.println(said);
    assertEquals(ExitCode.OK.number(), exitCode, said);
    assertTrue(said.contains(" TRADEPIT demo"), said);
    assertFalse(said.contains("\u001b"), said);
    assertTrue(said.contains("  rejects     none"), said);
    assertTrue(said.contains(" messages, 0 lost"), said);
    Matcher trades = TRADES.matcher(said);
    assertTrue(trades.find() && !"0".equals(trades.group(1)), said);
    assertTrue(said.lines().allMatch(line -> line.length() <= 80), said);
    Matcher directory = DIRECTORY.matcher(said);
    assertTrue(directory.find(), said);
    assertFalse(Files.exists(Path.of(directory.group(1))), said);
  }
}
