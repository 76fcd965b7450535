package io.tradepit.perf.bench;

import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What one part takes.
 *
 * @param group the benchmark's class, without its ending
 * @param name the method, with its parameters
 * @param ns of an operation, the median of all iterations of all JVMs: where two threads have come
 *     to share a processor for one of them, its mean is of time slices
 * @param minNs the mean of the shortest iteration
 * @param maxNs that of the longest
 */
record PartFigure(String group, String name, double ns, double minNs, double maxNs) {
  private static final String ENDING = "Benchmark";
  private static final double MEDIAN = 50;
  private static final String UNIT = "ns/op";

  /**
   * @throws IllegalStateException when the result is not in nanoseconds
   */
  static PartFigure of(RunResult run) {
    Result<?> result = run.getPrimaryResult();
    if (!result.getScoreUnit().equals(UNIT)) {
      throw new IllegalStateException("unit=" + result.getScoreUnit() + " expected=" + UNIT);
    }
    String[] names = run.getParams().getBenchmark().split("\\.", -1);
    String group = names[names.length - 2];
    Statistics all = result.getStatistics();
    return new PartFigure(
        group.substring(0, group.length() - ENDING.length()),
        names[names.length - 1] + parameters(run.getParams()),
        all.getPercentile(MEDIAN),
        all.getMin(),
        all.getMax());
  }

  private static String parameters(BenchmarkParams params) {
    return params.getParamsKeys().stream()
        .map(key -> " " + key + "=" + params.getParam(key))
        .collect(Collectors.joining());
  }
}
