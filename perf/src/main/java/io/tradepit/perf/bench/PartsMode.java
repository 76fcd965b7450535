package io.tradepit.perf.bench;

import io.tradepit.tools.report.Markup;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How often each part was measured.
 *
 * @param isQuick a look only: code is not warm in so short a time
 * @param forks JVMs for each part
 * @param warmups iterations of each before those that count
 * @param iterations that count, of each
 * @param iterationMs how long one takes
 */
record PartsMode(boolean isQuick, int forks, int warmups, int iterations, long iterationMs) {
  /** That of a benchmark; all have the same. */
  static PartsMode of(boolean isQuick, BenchmarkParams params) {
    TimeValue time = params.getMeasurement().getTime();
    return new PartsMode(
        isQuick,
        params.getForks(),
        params.getWarmup().getCount(),
        params.getMeasurement().getCount(),
        time.convertTo(TimeUnit.MILLISECONDS));
  }

  /** In words, one line. */
  String text() {
    return Markup.format(
        "%s%d JVM%s for each, %d + %d iterations of %,d ms; median of iterations",
        isQuick ? "quick, a look only, code is not warm: " : "",
        forks,
        forks == 1 ? "" : "s",
        warmups,
        iterations,
        iterationMs);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"quick\": %b, \"forks\": %d, \"warmups\": %d, \"iterations\": %d,"
            + " \"iterationMs\": %d, \"ns\": \"median of iterations\"}",
        isQuick,
        forks,
        warmups,
        iterations,
        iterationMs);
  }
}
