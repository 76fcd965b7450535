package io.tradepit.tools.report;

import io.tradepit.telemetry.Nanos;
import io.tradepit.telemetry.StampPoint;
import java.util.ArrayList;
import java.util.List;

/** A report as one {@link HtmlPage}. */
final class HtmlReport {
  private final LatencyReport report;
  private final HtmlPage page;

  private HtmlReport(LatencyReport report) {
    this.report = report;
    this.page = new HtmlPage("Latency of " + report.kind() + ", " + report.startedText());
  }

  static String of(LatencyReport report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    page.header(
        "Latency of " + report.kind(),
        Markup.format("%s, %,.1f s", report.startedText(), report.durationS()),
        report.verdict());
    page.append(summary());
    page.section("Latency by percentile", PercentileChart.of(report) + percentiles());
    page.section("Over time", TimelineChart.of(report) + HtmlPage.paragraph(report.worst()));
    if (!report.way().isEmpty()) {
      page.section(
          "Where an order's time goes",
          Breakdown.of(report)
              + HtmlPage.paragraph(
                  "The means of the legs add up to the mean of the order. Percentiles do not: each"
                      + " leg has its own slow orders."));
    }
    page.section("The tail beside the machine's own gaps", tail());
    page.section("Where each stamp was taken", stamps());
    report
        .environments()
        .forEach((name, values) -> page.section(name, HtmlPage.definitions(values)));
    if (!report.notes().isEmpty()) {
      page.section("Notes", notes());
    }
    page.footer(
        "The raw intervals are in the .hlog files and the distributions in the .hgrm files"
            + " beside this page, in the formats of HdrHistogram. Merge histograms; never"
            + " average percentiles.");
    return page.text();
  }

  private String summary() {
    StringBuilder html = new StringBuilder("<p class=\"reason\">");
    html.append(Markup.text(report.reason())).append("</p>\n<dl class=\"tiles\">\n");
    report
        .load()
        .ifPresent(load -> {
          tile(html, "offered", Markup.format("%,.0f/s", load.offeredRate()));
          tile(html, "achieved", Markup.format("%,.0f/s", load.achievedRate()));
        });
    LegFigures main = report.main();
    tile(html, main.tag() + "s", Markup.format("%,d", main.count()));
    for (Percentile percentile : Percentile.values()) {
      tile(html, percentile.label(), Nanos.text(percentile.of(main.total())));
    }
    html.append("</dl>\n");
    report.load().ifPresent(load -> html.append(HtmlPage.paragraph("Rule: " + load.rule() + ".")));
    return html.toString();
  }

  private static void tile(StringBuilder html, String name, String value) {
    html.append("<div><dt>").append(Markup.text(name)).append("</dt><dd>");
    html.append(Markup.text(value)).append("</dd></div>\n");
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
    return report.gaps().map(this::tailTable).orElse("") + HtmlPage.paragraph(report.gapSentence());
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
        HtmlPage.paragraph(
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

  private String notes() {
    StringBuilder notes = new StringBuilder("<ul>\n");
    report
        .notes()
        .forEach(note -> notes.append("<li>").append(Markup.text(note)).append("</li>\n"));
    return notes.append("</ul>\n").toString();
  }
}
