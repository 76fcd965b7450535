package io.tradepit.perf.pipeline;

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

  private static String pipeline(PipelineResults results) {
    String rates =
        results.rates().stream()
            .map(rate -> results.middle(rate).orElseThrow())
            .map(run -> rate(results, run))
            .collect(Collectors.joining(",\n      ", "[\n      ", "]"));
    return String.format(
        Locale.ROOT,
        "{\"version\": %s, \"highestKept\": %d, \"coresApartNs\": %s, \"rates\": %s}",
        Json.text(results.version()),
        results.highestKept(),
        results.probesNs(),
        rates);
  }

  private static String rate(PipelineResults results, RateFigures run) {
    return String.format(
        Locale.ROOT,
        "{\"rate\": %d, \"runs\": %d, \"kept\": %d, \"lateNs\": %d, \"p50\": %d, \"p90\": %d,"
            + " \"p99\": %d, \"p999\": %d, \"max\": %d}",
        run.rate(),
        results.runs(run.rate()),
        results.kept(run.rate()),
        run.lateNs(),
        run.p50Ns(),
        run.p90Ns(),
        run.p99Ns(),
        run.p999Ns(),
        run.maxNs());
  }
}
