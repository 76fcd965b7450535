package io.tradepit.perf.wire;

import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.tools.report.Markup;
import java.util.stream.Collectors;

/** A report as text for a terminal of 120 columns. */
public final class WireTable {
  private static final double MICRO = 1e3;

  private final StringBuilder text = new StringBuilder();

  private WireTable() {}

  /** Blocks by count of sessions and by rate, a row for each transport. */
  public static String of(WireReport report) {
    WireTable table = new WireTable();
    table.line("From an order to its Accepted, µs; of the rounds the one of the middle median.");
    table.line("Processor time is the segment's, µs an order.");
    report.sessions().forEach(sessions -> table.oneInFlight(report, sessions));
    report
        .sessions()
        .forEach(sessions ->
            report.rates(sessions).forEach(rate -> table.openLoop(report, sessions, rate)));
    table.line("");
    report.openLoops().forEach(each -> table.line(highestKept(report, each)));
    report.results().forEach(each -> table.line(gaps(each)));
    report.givenUp().forEach(each -> table.line("given up: " + each));
    report.conditions().forEach((name, value) -> table.line(name + ": " + value));
    return table.text.toString();
  }

  private void oneInFlight(WireReport report, int sessions) {
    line(Markup.format("%nOne order in flight, %s", counted(sessions)));
    heading("");
    report.results().forEach(each -> row(each, sessions, WireRow.ONE_IN_FLIGHT, ""));
  }

  private void openLoop(WireReport report, int sessions, long rate) {
    line(Markup.format("%nOpen loop, %s, %,d orders a second", counted(sessions), rate));
    heading("kept");
    for (WireResults each : report.openLoops()) {
      row(each, sessions, rate, each.kept(sessions, rate) + " of " + each.rounds());
    }
  }

  private void heading(String last) {
    line(
        Markup.format(
            "  %-33s %10s %10s %10s %10s %10s %10s  %s",
            "", "p50", "p90", "p99", "p99.9", "max", "processor", last));
  }

  private void row(WireResults results, int sessions, long rate, String kept) {
    results
        .middle(sessions, rate)
        .ifPresent(run -> {
          RateFigures figures = run.figures();
          line(
              Markup.format(
                      "  %-33s %10s %10s %10s %10s %10s %10s  %s",
                      results.name(),
                      micros(figures, figures.p50Ns()),
                      micros(figures, figures.p90Ns()),
                      micros(figures, figures.p99Ns()),
                      micros(figures, figures.p999Ns()),
                      micros(figures, figures.maxNs()),
                      figures.isDone() ? Markup.format("%.1f", run.cpuMicrosOfOrder()) : "-",
                      kept)
                  .stripTrailing());
        });
  }

  private static String micros(RateFigures run, long ns) {
    return run.isDone() ? Markup.format("%.1f", ns / MICRO) : "-";
  }

  private static String highestKept(WireReport report, WireResults results) {
    return report.sessions().stream()
        .map(n -> Markup.format("%,d with %s", results.highestKept(n), counted(n)))
        .collect(Collectors.joining(", ", results.name() + ": highest kept ", ""));
  }

  private static String gaps(WireResults results) {
    MemberGaps gaps = MemberGaps.sum(results.gaps());
    return Markup.format(
        "%s: the member away for more than 10 µs %.0f times a second, at the longest %.1f ms",
        results.name(), gaps.perSecond(), gaps.longestNs() / (MICRO * MICRO));
  }

  static String counted(int sessions) {
    return sessions == 1 ? "1 session" : sessions + " sessions";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
