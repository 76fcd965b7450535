package io.tradepit.perf.book;

import io.tradepit.perf.flow.Regime;
import io.tradepit.tools.report.HtmlPage;
import io.tradepit.tools.report.Markup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as a page with charts, in the style of {@code tradepit report}. */
public final class BookPage {
  private static final double MILLION = 1e6;

  private BookPage() {}

  /**
   * The page.
   *
   * @param results one for each delivery
   * @param versions what each engine says of itself
   * @param environment names and values
   */
  public static String of(
      List<BookResults> results,
      Map<EngineSetup, String> versions,
      Map<String, String> environment) {
    HtmlPage page = new HtmlPage("The order book beside others");
    BookResults first = results.getFirst();
    page.header(
        "The order book beside others",
        "Five regimes of the same flow; runs of placement " + first.compared().label(),
        verdict(first));
    for (BookResults result : results) {
      boolean handedOver = result.delivery() == Delivery.RING;
      page.section(
          handedOver ? "Reports handed over to a second thread" : "Reports counted in place",
          HtmlPage.paragraph("Million messages a second; the stroke reaches from least to most.")
              + RateChart.of(result)
              + rates(result)
              + placements(result));
    }
    page.section("Engines", HtmlPage.definitions(names(versions)));
    page.section("Environment", HtmlPage.definitions(environment));
    return page.footer("Figures of two machines, or of two runs, say little beside each other.")
        .text();
  }

  private static String verdict(BookResults results) {
    EngineSetup ours = results.engine(EngineCatalog.OURS);
    return ours == null || results.worst(ours).isEmpty()
        ? "no run"
        : "worst regime: " + BookTable.millions(results.worst(ours)) + " M/s";
  }

  private static Map<String, String> names(Map<EngineSetup, String> versions) {
    Map<String, String> names = new LinkedHashMap<>();
    versions.forEach((engine, version) -> names.put(engine.name(), version));
    return names;
  }

  private static String rates(BookResults results) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr><th></th>");
    for (Regime regime : Regime.values()) {
      html.append(cell("th", regime.label()));
    }
    html.append(cell("th", "worst")).append(cell("th", "bytes a message"));
    html.append("</tr></thead>\n<tbody>\n");
    results.engines().forEach(engine -> html.append(row(results, engine)));
    results.ratios().forEach((name, ratios) -> html.append(row(name, ratios)));
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String row(BookResults results, EngineSetup engine) {
    List<String> cells = new ArrayList<>();
    for (Regime regime : Regime.values()) {
      Spread rate = results.rate(engine, regime);
      cells.add(rate.count() == 0 ? "-" : Markup.format("%.2f", rate.median() / MILLION));
    }
    cells.add(BookTable.millions(results.worst(engine)));
    cells.add(Markup.format("%.2f", results.bytesPerMessage(engine)));
    return row(engine.name(), cells);
  }

  private static String row(String name, List<String> cells) {
    StringBuilder row = new StringBuilder("<tr><th>").append(Markup.text(name)).append("</th>");
    cells.forEach(text -> row.append(cell("td", text)));
    return row.append("</tr>\n").toString();
  }

  private static String cell(String element, String text) {
    return Markup.format("<%s class=\"n\">%s</%s>", element, Markup.text(text), element);
  }

  private static String few(BookResults results) {
    return results.fewRuns().isEmpty()
        ? ""
        : "Less than half of the runs compared: " + String.join(", ", results.fewRuns()) + ".";
  }

  private static String placements(BookResults results) {
    List<String> counts = new ArrayList<>();
    for (Placement placement : Placement.values()) {
      counts.add(placement.label() + " " + results.count(placement));
    }
    return HtmlPage.paragraph(
        "Runs by placement of the two cores: " + String.join(", ", counts) + ". " + few(results));
  }
}
