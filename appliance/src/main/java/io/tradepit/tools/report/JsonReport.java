package io.tradepit.tools.report;

import io.tradepit.telemetry.Json;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of a report as JSON, nanoseconds, for programs. */
final class JsonReport {
  private JsonReport() {}

  static String of(LatencyReport report) {
    String load =
        report
            .load()
            .map(it ->
                String.format(
                    Locale.ROOT,
                    "  \"offeredRate\": %.3f,\n  \"achievedRate\": %.3f,\n",
                    it.offeredRate(),
                    it.achievedRate()))
            .orElse("");
    return "{\n  \"kind\": "
        + Json.text(report.kind())
        + ",\n  \"started\": "
        + Json.text(report.started().toString())
        + ",\n  \"durationS\": "
        + String.format(Locale.ROOT, "%.3f", report.durationS())
        + ",\n  \"verdict\": "
        + Json.text(report.verdict())
        + ",\n  \"reason\": "
        + Json.text(report.reason())
        + ",\n"
        + load
        + report.results().legs().stream()
            .map(JsonReport::leg)
            .collect(Collectors.joining(",\n    ", "  \"legs\": {\n    ", "\n  }\n}\n"));
  }

  private static String leg(LegFigures leg) {
    StringBuilder json = new StringBuilder(Json.text(leg.tag()));
    json.append(": {\"count\": ").append(leg.count());
    json.append(", \"meanNs\": ").append(String.format(Locale.ROOT, "%.1f", leg.total().getMean()));
    for (Percentile percentile : Percentile.values()) {
      json.append(", ").append(Json.text(percentile.label() + "Ns")).append(": ");
      json.append(percentile.of(leg.total()));
    }
    return json.append('}').toString();
  }
}
