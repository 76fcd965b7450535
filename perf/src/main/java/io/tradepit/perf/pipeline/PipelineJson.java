package io.tradepit.perf.pipeline;

import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.telemetry.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as JSON: latencies in nanoseconds. */
public final class PipelineJson {
  private PipelineJson() {}

  /** The member {@code pipelines} of an object. */
  public static String member(List<PipelineResults> results) {
    return results.stream()
        .map(each -> Json.text(each.name()) + ": " + pipeline(each))
        .collect(Collectors.joining(",\n    ", "\"pipelines\": {\n    ", "\n  }"));
  }

  /**
   * The member {@code compared} of an object: ours beside the peer that keeps the most; {@code
   * lowerP50} and {@code lowerP90} count the rates of both at which ours is below all peers.
   */
  public static String compared(List<PipelineResults> results) {
    return PipelineMatch.of(results).stream()
        .map(PipelineJson::match)
        .collect(Collectors.joining(",\n    ", "\"compared\": [\n    ", "\n  ]"));
  }

  private static String match(PipelineMatch match) {
    return String.format(
        Locale.ROOT,
        "{\"journal\": %b, \"ours\": %s, \"peer\": %s, \"highestKept\": [%d, %d],"
            + " \"ratesBothKeep\": %s, \"lowerP50\": %d, \"lowerP90\": %d}",
        match.isRecorded(),
        Json.text(match.ours().name()),
        Json.text(match.peer().name()),
        match.ours().highestKept(),
        match.peer().highestKept(),
        match.rates(),
        match.wins(50),
        match.wins(90));
  }

  private static String pipeline(PipelineResults results) {
    String rates =
        results.rates().stream()
            .map(rate -> results.middle(rate).orElseThrow())
            .map(run -> rate(results, run))
            .collect(Collectors.joining(",\n      ", "[\n      ", "]"));
    return String.format(
        Locale.ROOT,
        "{\"version\": %s, \"journal\": %b, \"rounds\": %d, \"stalled\": [%s], \"highestKept\": %d,"
            + " \"coresApartNs\": %s, \"rates\": %s}",
        Json.text(results.version()),
        results.isRecorded(),
        results.rounds(),
        results.stalls().stream().map(Json::text).collect(Collectors.joining(", ")),
        results.highestKept(),
        results.probesNs(),
        rates);
  }

  private static String rate(PipelineResults results, RateFigures run) {
    return String.format(
        Locale.ROOT,
        "{\"rate\": %d, \"runs\": %d, \"kept\": %d, \"lateNs\": %s, \"p50\": %s, \"p90\": %s,"
            + " \"p99\": %s, \"p999\": %s, \"max\": %s}",
        run.rate(),
        results.runs(run.rate()),
        results.kept(run.rate()),
        number(run, run.lateNs()),
        number(run, run.p50Ns()),
        number(run, run.p90Ns()),
        number(run, run.p99Ns()),
        number(run, run.p999Ns()),
        number(run, run.maxNs()));
  }

  /** Null where the run was not done. */
  private static String number(RateFigures run, long ns) {
    return run.isDone() ? Long.toString(ns) : "null";
  }
}
