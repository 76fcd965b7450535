package io.tradepit.tools.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.host.preflight.FakeHost;
import io.tradepit.host.preflight.HealthyHost;
import io.tradepit.tools.terminal.Glyphs;
import io.tradepit.tools.terminal.Palette;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Text, JSON and page of a preflight. */
@Timeout(30)
class PreflightReportTest {
  private static final List<String> KEYS =
      List.of("id", "group", "status", "expected", "found", "mend");

  @Test
  void shouldGiveEachFactItsSixKeysInJson() {
    Map<?, ?> json = json(broken(Set.of()));
    List<?> facts = (List<?>) json.get("facts");
    assertFalse(facts.isEmpty());
    facts.forEach(fact -> assertEquals(KEYS, List.copyOf(((Map<?, ?>) fact).keySet())));
    Map<?, ?> summary = (Map<?, ?>) json.get("summary");
    assertEquals(1, summary.get("fail"));
    assertEquals(1, summary.get("exitCode"));
    assertEquals("box1", ((Map<?, ?>) json.get("machine")).get("name"));
  }

  @Test
  void shouldShowWhatIsAcceptedAndEndWell() {
    PreflightReport report = broken(Set.of("memory.ksm"));
    assertEquals(0, PreflightTool.exitCode(report));
    Map<?, ?> summary = (Map<?, ?>) json(report).get("summary");
    assertEquals(List.of("memory.ksm"), summary.get("accepted"));
    String text = PreflightTool.text(report, TerminalStyle.PLAIN, true);
    assertTrue(text.contains("FAIL  ksm  accepted"), text);
    assertTrue(text.contains("1 fail and are accepted"), text);
    assertFalse(text.contains("no fact here has the id"), text);
  }

  @Test
  void shouldNameAnAcceptedIdThatNoFactHas() {
    PreflightReport report = broken(Set.of("memory.ksn", "memory.ksm", "isolation.cmdline"));
    Map<?, ?> summary = (Map<?, ?>) json(report).get("summary");
    assertEquals(List.of("isolation.cmdline", "memory.ksn"), summary.get("acceptedUnknown"));
    String text = PreflightTool.text(report, TerminalStyle.PLAIN, true);
    assertTrue(
        text.endsWith("accepted though no fact here has the id: isolation.cmdline memory.ksn\n"),
        text);
  }

  @Test
  void shouldSayWhatWasExpectedAndFoundAndHowToMendIt() {
    String text = PreflightTool.text(broken(Set.of()), TerminalStyle.PLAIN, true);
    assertTrue(text.contains("FAIL  ksm\n        expected  0: no pages are merged"), text);
    assertTrue(text.contains("        found     1\n        mend      echo 2 >"), text);
    assertTrue(text.endsWith("1 fail, " + skipped(text) + " skip: memory.ksm\n"), text);
    assertFalse(text.contains("PASS"), text);
    text.lines().forEach(line -> assertTrue(line.length() <= 100, line));
  }

  @Test
  void shouldColourATerminalOnly() {
    TerminalStyle rich = new TerminalStyle(true, Palette.RICH, Glyphs.UNICODE);
    assertTrue(PreflightTool.text(broken(Set.of()), rich, false).contains("\u001b["));
    assertFalse(
        PreflightTool.text(broken(Set.of()), TerminalStyle.PLAIN, false).contains("\u001b["));
  }

  @Test
  void shouldMakeAPageThatNeedsNothingElse() throws Exception {
    String page = PreflightTool.html(broken(Set.of()));
    assertFalse(page.contains("src=") || page.contains("<script") || page.contains("url("), page);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    assertTrue(page.contains("id=\"memory.ksm\""), page);
  }

  private static String skipped(String text) {
    return text.replaceAll("(?s).*, (\\d+) skip.*", "$1");
  }

  private static PreflightReport broken(Set<String> accepted) {
    FakeHost host = HealthyHost.machine().with("/sys/kernel/mm/ksm/run", "1");
    return PreflightTool.check(
        host, HealthyHost.wanted(), accepted, Instant.parse("2026-11-26T06:00:00Z"), left -> {});
  }

  private static Map<?, ?> json(PreflightReport report) {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build()).loadFromString(PreflightTool.json(report));
  }
}
