package io.tradepit.tools.preflight;

import io.tradepit.host.preflight.Fact;
import io.tradepit.host.preflight.Fact.Status;
import io.tradepit.tools.report.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A preflight as one page that needs nothing else: no script, no font, no picture from elsewhere.
 * The filter by status is a choice of the form that the style sheet looks at. It is well-formed XML
 * as well.
 */
final class PreflightPage {
  private static final String STYLE = "/tradepit/preflight.css";

  private final PreflightReport report;
  private final StringBuilder html = new StringBuilder();

  private PreflightPage(PreflightReport report) {
    this.report = report;
  }

  static String of(PreflightReport report) {
    return new PreflightPage(report).page();
  }

  private String page() {
    String title = "Preflight of " + report.machine().get("name");
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.append("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    html.append("<title>").append(Markup.text(title)).append("</title>\n<style>\n");
    html.append(style()).append("</style>\n</head>\n<body>\n<main>\n");
    header(title);
    choices();
    mending();
    report.groups().forEach(this::group);
    html.append("<footer><p>Exit code ").append(PreflightJson.exitCode(report).number());
    html.append(": 0 when nothing fails that is not accepted, else 1. Nothing was changed on the");
    html.append(" machine.</p></footer>\n");
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream in = PreflightPage.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header(String title) {
    html.append("<header>\n<div>\n<h1>").append(Markup.text(title)).append("</h1>\n<p>");
    html.append(Markup.text(PreflightText.time(report))).append("</p>\n</div>\n");
    html.append("<p class=\"verdict v-").append(report.verdict()).append("\">");
    html.append(report.verdict()).append("</p>\n</header>\n<dl class=\"about\">\n");
    pairs(report.machine());
    pairs(report.wanted());
    html.append("</dl>\n");
  }

  private void pairs(Map<String, String> pairs) {
    pairs.forEach((name, value) -> {
      html.append("<div><dt>").append(Markup.text(name)).append("</dt><dd>");
      html.append(Markup.text(value)).append("</dd></div>\n");
    });
  }

  private void choices() {
    html.append("<fieldset class=\"choices\"><legend>Show</legend>\n");
    int all = report.findings().facts().size();
    choice("all", "all", all, true);
    choice("fail", "fail", report.failed(), false);
    if (report.accepted() > 0) {
      choice("accepted", "accepted", report.accepted(), false);
    }
    choice("pass", "pass", report.passed(), false);
    choice("skip", "skip", report.skipped(), false);
    html.append("</fieldset>\n");
  }

  private void choice(String id, String name, int count, boolean chosen) {
    html.append("<label class=\"c-")
        .append(id)
        .append("\"><input type=\"radio\" name=\"show\" id=\"");
    html.append("show-").append(id).append(chosen ? "\" checked=\"checked\"/>" : "\"/>");
    html.append("<b>").append(count).append("</b> ").append(name).append("</label>\n");
  }

  private void mending() {
    List<Fact> failures = report.findings().failures();
    if (failures.isEmpty()) {
      return;
    }
    html.append("<section class=\"mending\">\n<h2>To mend</h2>\n<ol>\n");
    failures.forEach(fact ->
        html.append("<li><a href=\"#")
            .append(Markup.text(fact.id()))
            .append("\">")
            .append(Markup.text(fact.id()))
            .append("</a> <code>")
            .append(Markup.text(fact.mend()))
            .append("</code></li>\n"));
    html.append("</ol>\n</section>\n");
  }

  private void group(String group, List<Fact> facts) {
    html.append("<section class=\"group\">\n<h2>").append(Markup.text(group));
    html.append(" <small>").append(Markup.text(counts(facts))).append("</small></h2>\n");
    html.append("<table>\n<thead><tr><th>status</th><th>fact</th><th>expected</th><th>found</th>");
    html.append("</tr></thead>\n<tbody>\n");
    facts.forEach(this::row);
    html.append("</tbody>\n</table>\n</section>\n");
  }

  private String counts(List<Fact> facts) {
    StringBuilder counts = new StringBuilder();
    for (Status status : List.of(Status.FAIL, Status.PASS, Status.SKIP)) {
      long count = facts.stream().filter(fact -> fact.status() == status).count();
      if (count > 0) {
        counts.append(counts.isEmpty() ? "" : ", ").append(count).append(' ');
        counts.append(status.name().toLowerCase(Locale.ROOT));
      }
    }
    return counts.toString();
  }

  private void row(Fact fact) {
    String look = look(fact);
    html.append("<tr class=\"fact s-").append(look).append("\" id=\"");
    html.append(Markup.text(fact.id())).append("\"><td><span class=\"status\">");
    html.append(fact.status()).append("</span>");
    html.append("accepted".equals(look) ? "<small>accepted</small>" : "").append("</td><th>");
    html.append(Markup.text(PreflightReport.name(fact))).append("</th><td>");
    html.append(Markup.text(expected(fact))).append("</td><td class=\"found\">");
    html.append(Markup.text(fact.found()));
    if (!fact.mend().isEmpty()) {
      html.append("<code>").append(Markup.text(fact.mend())).append("</code>");
    }
    html.append("</td></tr>\n");
  }

  // What is not asked for is said beside what was found.
  private static String expected(Fact fact) {
    return fact.status() == Status.SKIP && "anything".equals(fact.expected())
        ? ""
        : fact.expected();
  }

  private String look(Fact fact) {
    return report.findings().isAccepted(fact)
        ? "accepted"
        : fact.status().name().toLowerCase(Locale.ROOT);
  }
}
