package io.tradepit.tools.preflight;

import io.tradepit.host.preflight.Fact;
import io.tradepit.host.preflight.Fact.Status;
import io.tradepit.tools.terminal.Style;
import io.tradepit.tools.terminal.TerminalStyle;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A preflight for a terminal, at most so many columns wide. A pure function of the report. */
final class PreflightText {
  private static final int WIDTH = 100;
  private static final int NAME = 22;
  private static final String MARGIN = "  ";
  private static final String DETAIL = " ".repeat(8);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final PreflightReport report;
  private final TerminalStyle style;
  private final boolean failuresOnly;
  private final StringBuilder text = new StringBuilder();

  private PreflightText(PreflightReport report, TerminalStyle style, boolean failuresOnly) {
    this.report = report;
    this.style = style;
    this.failuresOnly = failuresOnly;
  }

  /**
   * Each line with its end.
   *
   * @param failuresOnly leaves out what passed or was skipped
   */
  static String of(PreflightReport report, TerminalStyle style, boolean failuresOnly) {
    PreflightText text = new PreflightText(report, style, failuresOnly);
    text.header();
    report.groups().forEach(text::group);
    text.end();
    return text.text.toString();
  }

  static String time(PreflightReport report) {
    return TIME.format(report.time());
  }

  private void header() {
    line(
        style.styled("Preflight of " + report.machine().get("name"), Style.BOLD)
            + ", "
            + time(report));
    wrapped("", "", join(report.machine().values().stream().skip(1).toList(), ", "), Style.DIM);
    wrapped(
        "",
        "",
        "against "
            + report.wanted().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ")),
        Style.DIM);
  }

  private void group(String group, List<Fact> facts) {
    List<Fact> shown =
        facts.stream().filter(fact -> !failuresOnly || fact.status() == Status.FAIL).toList();
    if (!shown.isEmpty()) {
      text.append('\n');
      line(style.styled(group, Style.TITLE));
      shown.forEach(this::fact);
    }
  }

  private void fact(Fact fact) {
    String name = PreflightReport.name(fact);
    switch (fact.status()) {
      case PASS -> single("PASS", Style.BID, name, fact.found(), Style.PLAIN);
      case SKIP -> single("SKIP", Style.DIM, name, fact.found(), Style.DIM);
      case FAIL -> failed(fact, name);
    }
  }

  private void single(String word, Style wordStyle, String name, String rest, Style restStyle) {
    String padded = name + " ".repeat(Math.max(1, NAME - name.length()));
    int lead = MARGIN.length() + word.length() + 2 + padded.length();
    wrapped(
        MARGIN + style.styled(word, wordStyle) + "  " + style.styled(padded, restStyle),
        " ".repeat(lead),
        rest,
        restStyle,
        lead);
  }

  private void failed(Fact fact, String name) {
    boolean accepted = report.findings().isAccepted(fact);
    line(
        MARGIN
            + style.styled("FAIL", accepted ? Style.WARN : Style.ALARM)
            + "  "
            + style.styled(name, Style.BOLD)
            + (accepted ? style.styled("  accepted", Style.WARN) : ""));
    wrapped(DETAIL + "expected  ", DETAIL + " ".repeat(10), fact.expected(), Style.PLAIN);
    wrapped(DETAIL + "found     ", DETAIL + " ".repeat(10), fact.found(), Style.ASK);
    if (!fact.mend().isEmpty()) {
      wrapped(DETAIL + "mend      ", DETAIL + " ".repeat(10), fact.mend(), Style.PLAIN);
    }
  }

  private void end() {
    text.append('\n');
    boolean sound = report.findings().isSound();
    line(
        style.styled(report.verdict(), sound ? Style.TOUCH_BID : Style.ALARM)
            + "  "
            + report.summary()
            + (sound ? "" : ": " + join(ids(), " ")));
  }

  private List<String> ids() {
    List<String> ids = report.findings().failures().stream().map(Fact::id).toList();
    int shown = Math.min(6, ids.size());
    return ids.size() == shown
        ? ids
        : List.of(join(ids.subList(0, shown), " "), "and " + (ids.size() - shown) + " more");
  }

  private static String join(List<String> parts, String by) {
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(by));
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private void wrapped(String lead, String indent, String sentence, Style look) {
    wrapped(lead, indent, sentence, look, lead.length());
  }

  /**
   * @param leadColumns columns of the lead, in which there may be escapes
   */
  private void wrapped(String lead, String indent, String sentence, Style look, int leadColumns) {
    StringBuilder words = new StringBuilder();
    String before = lead;
    int columns = leadColumns;
    for (String word : sentence.split(" ", -1)) {
      if (!words.isEmpty() && columns + words.length() + word.length() > WIDTH) {
        line(before + style.styled(words.toString().stripTrailing(), look));
        words.setLength(0);
        before = indent;
        columns = indent.length();
      }
      words.append(word).append(' ');
    }
    line(before + style.styled(words.toString().stripTrailing(), look));
  }
}
