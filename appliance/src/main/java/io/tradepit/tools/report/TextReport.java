package io.tradepit.tools.report;

import io.tradepit.telemetry.Nanos;
import io.tradepit.telemetry.RunDescription.Load;
import java.util.Locale;

/** A report for a terminal: at most 80 columns, no colours. A pure function of the report. */
final class TextReport {
  private static final int WIDTH = 80;

  private final LatencyReport report;
  private final StringBuilder text = new StringBuilder();

  private TextReport(LatencyReport report) {
    this.report = report;
  }

  /** Each line with its end. */
  static String of(LatencyReport report) {
    return new TextReport(report).text();
  }

  private String text() {
    line("Latency of %s, %s, %,.1f s", report.kind(), report.startedText(), report.durationS());
    verdict();
    line("");
    percentiles();
    line("");
    tail();
    line("");
    wrapped("", report.worst());
    report.notes().forEach(note -> wrapped("", note));
    return text.toString();
  }

  private void verdict() {
    report.load().ifPresent(this::rates);
    wrapped(report.verdict() + "  ", report.reason());
  }

  private void rates(Load load) {
    line("offered %,.0f a second, achieved %,.0f", load.offeredRate(), load.achievedRate());
    wrapped("rule: ", load.rule());
  }

  private void percentiles() {
    text.append("%-18s%12s".formatted("leg", "values"));
    for (Percentile percentile : Percentile.values()) {
      text.append("%8s".formatted(percentile.label()));
    }
    text.append('\n');
    report.rows().forEach(this::row);
  }

  private void row(LegFigures leg) {
    String name = (report.way().contains(leg) ? "  " : "") + leg.tag();
    text.append(String.format(Locale.ROOT, "%-18s%,12d", name, leg.count()));
    for (Percentile percentile : Percentile.values()) {
      text.append("%8s".formatted(narrow(percentile.of(leg.total()))));
    }
    text.append('\n');
  }

  private void tail() {
    report.gaps().ifPresent(this::tail);
    wrapped("", report.gapSentence());
  }

  private void tail(MachineGaps gaps) {
    line("%-30s%12s%24s", "p99 and beyond", report.main().tag(), "by the machine's gaps");
    for (Percentile percentile : Percentile.values()) {
      if (percentile.isTail()) {
        line(
            "%-30s%12s%24s",
            percentile.label(),
            Nanos.text(percentile.of(report.main().total())),
            Nanos.text(gaps.waitNs(percentile.share())));
      }
    }
  }

  // Without the space: six columns of figures fit into a line.
  private static String narrow(long ns) {
    return Nanos.text(ns).replace(" ", "");
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library more
  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  private void wrapped(String lead, String sentence) {
    String indent = " ".repeat(lead.length());
    StringBuilder line = new StringBuilder(lead);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
