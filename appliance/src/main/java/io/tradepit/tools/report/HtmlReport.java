package io.tradepit.tools.report;

import io.tradepit.telemetry.Nanos;
import io.tradepit.telemetry.StampPoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A report as one page that needs nothing else: no script, no font, no picture from elsewhere.
 * Light and dark, for a screen, a phone and paper. It is well-formed XML as well.
 */
final class HtmlReport {
  private static final String STYLE = "/tradepit/report.css";

  private final LatencyReport report;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(LatencyReport report) {
    this.report = report;
  }

  static String of(LatencyReport report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    String title = "Latency of " + report.kind() + ", " + report.startedText();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.append("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    html.append("<title>").append(Markup.text(title)).append("</title>\n<style>\n");
    html.append(style()).append("</style>\n</head>\n<body>\n<main>\n");
    header();
    section("Latency by percentile", PercentileChart.of(report) + percentiles());
    section("Over time", TimelineChart.of(report) + paragraph(report.worst()));
    if (!report.way().isEmpty()) {
      section(
          "Where an order's time goes",
          Breakdown.of(report)
              + paragraph(
                  "The means of the legs add up to the mean of the order. Percentiles do not: each"
                      + " leg has its own slow orders."));
    }
    section("The tail beside the machine's own gaps", tail());
    section("Where each stamp was taken", stamps());
    report.environments().forEach((name, values) -> section(name, table(values)));
    if (!report.notes().isEmpty()) {
      section("Notes", notes());
    }
    footer();
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header() {
    html.append("<header>\n<div>\n<h1>Latency of ").append(Markup.text(report.kind()));
    html.append("</h1>\n");
    html.append(paragraph(Markup.format("%s, %,.1f s", report.startedText(), report.durationS())));
    html.append("</div>\n<p class=\"verdict v-");
    html.append(report.verdict().replace(" ", "-")).append("\">").append(report.verdict());
    html.append("</p>\n</header>\n<p class=\"reason\">").append(Markup.text(report.reason()));
    html.append("</p>\n<dl class=\"tiles\">\n");
    report
        .load()
        .ifPresent(load -> {
          tile("offered", Markup.format("%,.0f/s", load.offeredRate()));
          tile("achieved", Markup.format("%,.0f/s", load.achievedRate()));
        });
    LegFigures main = report.main();
    tile(main.tag() + "s", Markup.format("%,d", main.count()));
    for (Percentile percentile : Percentile.values()) {
      tile(percentile.label(), Nanos.text(percentile.of(main.total())));
    }
    html.append("</dl>\n");
    report.load().ifPresent(load -> html.append(paragraph("Rule: " + load.rule() + ".")));
  }

  private void tile(String name, String value) {
    html.append("<div><dt>").append(Markup.text(name)).append("</dt><dd>");
    html.append(Markup.text(value)).append("</dd></div>\n");
  }

  private void section(String title, String content) {
    html.append("<section>\n<h2>").append(Markup.text(title)).append("</h2>\n");
    html.append(content).append("</section>\n");
  }

  private static String paragraph(String text) {
    return "<p>" + Markup.text(text) + "</p>\n";
  }

  private String percentiles() {
    StringBuilder rows =
        new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr><th>leg</th>");
    for (Percentile percentile : Percentile.values()) {
      rows.append("<th class=\"n\">").append(percentile.label()).append("</th>");
    }
    rows.append("<th class=\"n\">mean</th><th class=\"n\">values</th></tr></thead>\n<tbody>\n");
    report.rows().forEach(leg -> rows.append(row(leg)));
    return rows.append("</tbody></table></div>\n").toString();
  }

  private String row(LegFigures leg) {
    boolean part = report.way().contains(leg);
    StringBuilder row = new StringBuilder("<tr").append(part ? " class=\"part-row\">" : ">");
    row.append("<th>").append(Markup.text(leg.tag())).append("</th>");
    for (Percentile percentile : Percentile.values()) {
      row.append(number(Nanos.text(percentile.of(leg.total()))));
    }
    row.append(number(Nanos.text(Math.round(leg.total().getMean()))));
    row.append(number(Markup.format("%,d", leg.count())));
    return row.append("</tr>\n").toString();
  }

  private static String number(String text) {
    return "<td class=\"n\">" + Markup.text(text) + "</td>";
  }

  private String tail() {
    return report.gaps().map(this::tailTable).orElse("") + paragraph(report.gapSentence());
  }

  private String tailTable(MachineGaps gaps) {
    List<LegFigures> others = new ArrayList<>(report.wholes());
    others.remove(report.main());
    StringBuilder rows = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr><th></th>");
    heading(rows, report.main().tag());
    heading(rows, "wait by gaps alone");
    others.forEach(leg -> heading(rows, leg.tag()));
    rows.append("</tr></thead>\n<tbody>\n");
    for (Percentile percentile : Percentile.values()) {
      if (percentile.isTail()) {
        rows.append("<tr><th>").append(percentile.label()).append("</th>");
        rows.append(number(Nanos.text(percentile.of(report.main().total()))));
        rows.append(number(Nanos.text(gaps.waitNs(percentile.share()))));
        others.forEach(leg -> rows.append(number(Nanos.text(percentile.of(leg.total())))));
        rows.append("</tr>\n");
      }
    }
    rows.append("</tbody></table></div>\n");
    rows.append(
        paragraph(
            Markup.format(
                "%,d gaps in the %s that the thread spun, before or after the run.",
                gaps.count(), Nanos.text(Math.round(gaps.observedNs())))));
    return rows.toString();
  }

  private static void heading(StringBuilder row, String text) {
    row.append("<th class=\"n\">").append(Markup.text(text)).append("</th>");
  }

  private String stamps() {
    StringBuilder points = new StringBuilder();
    if (!report.way().isEmpty()) {
      points.append("<ol class=\"way\">");
      points.append("<li>member</li><li class=\"tap\">ingress</li><li>gateway</li>");
      points.append("<li class=\"tap\">sequenced</li><li>log, recorder</li>");
      points.append("<li class=\"tap\">released</li><li>matcher</li>");
      points.append("<li class=\"tap\">matched</li><li>gateway</li>");
      points.append("<li class=\"tap\">gateway out</li><li>member</li></ol>\n");
    }
    points.append("<dl class=\"points\">\n");
    for (StampPoint point : report.stamps()) {
      points.append("<dt>").append(Markup.text(point.leg())).append(" <small>");
      points.append(Markup.text(point.from() + " → " + point.to())).append("</small></dt><dd>");
      points.append(Markup.text(point.where())).append("</dd>\n");
    }
    return points.append("</dl>\n").toString();
  }

  private static String table(Map<String, String> values) {
    StringBuilder rows = new StringBuilder("<dl class=\"points\">\n");
    values.forEach((name, value) ->
        rows.append("<dt>")
            .append(Markup.text(name))
            .append("</dt><dd>")
            .append(Markup.text(value))
            .append("</dd>\n"));
    return rows.append("</dl>\n").toString();
  }

  private String notes() {
    StringBuilder notes = new StringBuilder("<ul>\n");
    report
        .notes()
        .forEach(note -> notes.append("<li>").append(Markup.text(note)).append("</li>\n"));
    return notes.append("</ul>\n").toString();
  }

  private void footer() {
    html.append("<footer>");
    html.append(
        paragraph(
            "The raw intervals are in the .hlog files and the distributions in the .hgrm files"
                + " beside this page, in the formats of HdrHistogram. Merge histograms; never"
                + " average percentiles."));
    html.append("</footer>\n");
  }
}
