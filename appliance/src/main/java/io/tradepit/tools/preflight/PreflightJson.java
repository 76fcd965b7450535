package io.tradepit.tools.preflight;

import io.tradepit.config.ExitCode;
import io.tradepit.host.preflight.Fact;
import io.tradepit.telemetry.Json;
import java.util.stream.Collectors;

/** A preflight for programs. Each fact has {@code id, group, status, expected, found, mend}. */
final class PreflightJson {
  private PreflightJson() {}

  static String of(PreflightReport report) {
    return "{\n  \"machine\": "
        + Json.object(report.machine())
        + ",\n  \"wanted\": "
        + Json.object(report.wanted())
        + ",\n  \"time\": "
        + Json.text(report.time().toString())
        + ",\n"
        + report.findings().facts().stream()
            .map(fact -> Json.object(fact.fields()))
            .collect(Collectors.joining(",\n    ", "  \"facts\": [\n    ", "\n  ],\n"))
        + "  \"summary\": {\"pass\": "
        + report.passed()
        + ", \"fail\": "
        + report.failed()
        + ", \"skip\": "
        + report.skipped()
        + ", \"accepted\": "
        + Json.texts(
            report.findings().facts().stream()
                .filter(report.findings()::isAccepted)
                .map(Fact::id)
                .toList())
        + ", \"acceptedUnknown\": "
        + Json.texts(report.findings().unknown())
        + ", \"exitCode\": "
        + exitCode(report).number()
        + "}\n}\n";
  }

  /** What the command ends with. */
  static ExitCode exitCode(PreflightReport report) {
    return report.findings().isSound() ? ExitCode.OK : ExitCode.OTHER;
  }
}
