package io.tradepit.perf.wire;

import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.telemetry.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report as JSON: latencies in nanoseconds. */
public final class WireJson {
  private static final String BETWEEN = ",\n    ";

  private WireJson() {}

  /** The whole object. */
  public static String of(WireReport report, int rounds, Map<String, String> environment) {
    return String.format(
        Locale.ROOT,
        """
        {
          "benchmark": "wire",
          "rounds": %d,
          "durability": %s,
          "mix": %s,
          "oneInFlight": [
            %s
          ],
          "openLoop": [
            %s
          ],
          "highestKept": [
            %s
          ],
          "gaps": [
            %s
          ],
          "givenUp": %s,
          "skipped": %s,
          "conditions": %s,
          "environment": %s
        }
        """,
        rounds,
        Json.text(WirePlan.DURABILITY),
        Json.text(report.options().mix().toString()),
        oneInFlight(report),
        openLoop(report),
        highestKept(report),
        gaps(report),
        Json.texts(report.givenUp()),
        Json.object(report.skipped()),
        Json.object(report.conditions()),
        Json.object(environment));
  }

  private static String oneInFlight(WireReport report) {
    List<String> rows = new ArrayList<>();
    for (WireResults results : report.results()) {
      for (int sessions : results.sessions()) {
        row(results, sessions, WireRow.ONE_IN_FLIGHT).ifPresent(row -> rows.add("{" + row + "}"));
      }
    }
    return String.join(BETWEEN, rows);
  }

  private static String openLoop(WireReport report) {
    List<String> rows = new ArrayList<>();
    for (WireResults results : report.openLoops()) {
      for (int sessions : results.sessions()) {
        for (long rate : results.rates(sessions)) {
          row(results, sessions, rate)
              .ifPresent(row -> rows.add("{" + row + kept(results, sessions, rate) + "}"));
        }
      }
    }
    return String.join(BETWEEN, rows);
  }

  private static Optional<String> row(WireResults results, int sessions, long rate) {
    return results
        .middle(sessions, rate)
        .map(run -> {
          RateFigures figures = run.figures();
          return String.format(
              Locale.ROOT,
              "%s, \"sessions\": %d, \"orders\": %d, \"p50\": %s, \"p90\": %s, \"p99\": %s,"
                  + " \"p999\": %s, \"max\": %s, \"cpuNsOfOrder\": %s",
              names(results),
              sessions,
              figures.commands(),
              number(figures, figures.p50Ns()),
              number(figures, figures.p90Ns()),
              number(figures, figures.p99Ns()),
              number(figures, figures.p999Ns()),
              number(figures, figures.maxNs()),
              number(figures, Math.round(run.cpuMicrosOfOrder() * 1e3)));
        });
  }

  private static String kept(WireResults results, int sessions, long rate) {
    RateFigures middle = results.middle(sessions, rate).orElseThrow().figures();
    return String.format(
        Locale.ROOT,
        ", \"rate\": %d, \"lateNs\": %s, \"runs\": %d, \"keptRuns\": %d, \"kept\": %b",
        rate,
        number(middle, middle.lateNs()),
        results.runs(sessions, rate).size(),
        results.kept(sessions, rate),
        results.isKept(sessions, rate));
  }

  private static String highestKept(WireReport report) {
    List<String> rows = new ArrayList<>();
    for (WireResults results : report.openLoops()) {
      for (int sessions : results.sessions()) {
        rows.add(
            String.format(
                Locale.ROOT,
                "{%s, \"sessions\": %d, \"rate\": %d}",
                names(results),
                sessions,
                results.highestKept(sessions)));
      }
    }
    return String.join(BETWEEN, rows);
  }

  private static String gaps(WireReport report) {
    return report.results().stream()
        .flatMap(results ->
            results.gaps().stream()
                .map(each ->
                    String.format(
                        Locale.ROOT,
                        "{%s, \"overNs\": %d, \"perSecond\": %.1f, \"longestNs\": %d}",
                        names(results),
                        MemberGaps.THRESHOLD_NS,
                        each.perSecond(),
                        each.longestNs())))
        .collect(Collectors.joining(BETWEEN));
  }

  private static String names(WireResults results) {
    return String.format(
        "\"transport\": %s, \"threads\": %s",
        Json.text(results.transport()), Json.text(results.layout().label()));
  }

  /** Null where the run was not done. */
  private static String number(RateFigures run, long ns) {
    return run.isDone() ? Long.toString(ns) : "null";
  }
}
