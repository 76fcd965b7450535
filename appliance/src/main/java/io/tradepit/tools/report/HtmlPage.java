package io.tradepit.tools.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A page that needs nothing else: no script, no font, no picture from elsewhere. Light and dark,
 * for a screen, a phone and paper. It is well-formed XML as well.
 */
public final class HtmlPage {
  private static final String STYLE = "/tradepit/report.css";

  private final StringBuilder html = new StringBuilder();

  /**
   * @param title of the window
   */
  public HtmlPage(String title) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.append("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    html.append("<title>").append(Markup.text(title)).append("</title>\n<style>\n");
    html.append(style()).append("</style>\n</head>\n<body>\n<main>\n");
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the page is of.
   *
   * @param verdict a word, large
   */
  public HtmlPage header(String heading, String line, String verdict) {
    html.append("<header>\n<div>\n<h1>").append(Markup.text(heading)).append("</h1>\n");
    html.append(paragraph(line)).append("</div>\n<p class=\"verdict v-");
    html.append(Markup.text(verdict.replace(" ", "-"))).append("\">");
    html.append(Markup.text(verdict)).append("</p>\n</header>\n");
    return this;
  }

  /**
   * A part below a heading of its own.
   *
   * @param content HTML
   */
  public HtmlPage section(String title, String content) {
    html.append("<section>\n<h2>").append(Markup.text(title)).append("</h2>\n");
    html.append(content).append("</section>\n");
    return this;
  }

  /** The last lines. */
  public HtmlPage footer(String text) {
    html.append("<footer>").append(paragraph(text)).append("</footer>\n");
    return this;
  }

  /** HTML as it is. */
  HtmlPage append(String content) {
    html.append(content);
    return this;
  }

  /** The whole page; nothing is added behind it. */
  public String text() {
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  /** Text as a paragraph. */
  public static String paragraph(String text) {
    return "<p>" + Markup.text(text) + "</p>\n";
  }

  /** Names and what belongs to them, in the order of the map. */
  public static String definitions(Map<String, String> values) {
    StringBuilder rows = new StringBuilder("<dl class=\"points\">\n");
    values.forEach((name, value) ->
        rows.append("<dt>")
            .append(Markup.text(name))
            .append("</dt><dd>")
            .append(Markup.text(value))
            .append("</dd>\n"));
    return rows.append("</dl>\n").toString();
  }
}
