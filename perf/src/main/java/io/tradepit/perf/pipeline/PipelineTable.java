package io.tradepit.perf.pipeline;

import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.tools.report.Markup;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Results as text for a terminal of 112 columns. */
public final class PipelineTable {
  private static final double MICRO = 1e3;

  private PipelineTable() {}

  /** A block for each rate, a row for each pipeline that tried it; then what is compared. */
  public static String of(List<PipelineResults> results) {
    StringBuilder text = new StringBuilder(rates(results));
    line(text, "");
    results.forEach(each -> line(text, summary(each)));
    results.forEach(each -> each.stalls().forEach(stall -> line(text, each.name() + ": " + stall)));
    line(text, "");
    PipelineMatch.of(results).forEach(match -> line(text, match.text()));
    return text.toString();
  }

  static String rates(List<PipelineResults> results) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "Latency from the due time of a command to its result, µs; the run of the middle median.");
    TreeSet<Long> rates = new TreeSet<>();
    results.forEach(each -> rates.addAll(each.rates()));
    for (long rate : rates) {
      line(text, Markup.format("%n%,d commands a second", rate));
      line(
          text,
          Markup.format(
              "  %-44s %9s %9s %9s %9s %10s  %s", "", "p50", "p90", "p99", "p99.9", "max", "kept"));
      results.forEach(each -> each.middle(rate).ifPresent(run -> line(text, row(each, run))));
    }
    return text.toString();
  }

  private static String row(PipelineResults pipeline, RateFigures run) {
    return Markup.format(
        "  %-44s %9s %9s %9s %9s %10s  %d of %d",
        pipeline.name(),
        micros(run, run.p50Ns()),
        micros(run, run.p90Ns()),
        micros(run, run.p99Ns()),
        micros(run, run.p999Ns()),
        micros(run, run.maxNs()),
        pipeline.kept(run.rate()),
        pipeline.rounds());
  }

  private static String micros(RateFigures run, long ns) {
    return run.isDone() ? Markup.format("%.1f", ns / MICRO) : "-";
  }

  private static String summary(PipelineResults pipeline) {
    String probes =
        pipeline.probesNs().stream().map(String::valueOf).collect(Collectors.joining(" "));
    return Markup.format(
        "%s: highest kept %,d a second; cores apart %s ns; %s",
        pipeline.name(), pipeline.highestKept(), probes, pipeline.version());
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
