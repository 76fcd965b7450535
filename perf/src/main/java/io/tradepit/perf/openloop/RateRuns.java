package io.tradepit.perf.openloop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs of one system over some rounds, by their rates. A round begins with the lowest rate and ends
 * behind some that were not kept.
 *
 * @param <R> a run
 */
public final class RateRuns<R> {
  private final Function<R, RateFigures> figures;
  private final NavigableMap<Long, List<R>> byRate = new TreeMap<>();

  /**
   * @param figures of a run
   */
  public RateRuns(Function<R, RateFigures> figures) {
    this.figures = figures;
  }

  public void add(R run) {
    byRate.computeIfAbsent(figures.apply(run).rate(), rate -> new ArrayList<>()).add(run);
  }

  /** Those that were tried, ascending. */
  public List<Long> rates() {
    return List.copyOf(byRate.keySet());
  }

  public List<R> of(long rate) {
    return byRate.getOrDefault(rate, List.of());
  }

  public int kept(long rate) {
    return (int) of(rate).stream().map(figures).filter(RateFigures::isKept).count();
  }

  /** Kept in more than half of all rounds; a round that had given up before has not kept it. */
  public boolean isKept(long rate, int rounds) {
    return 2 * kept(rate) > rounds;
  }

  /** The highest rate up to which each was kept, 0 = none. */
  public long highestKept(int rounds) {
    return byRate.keySet().stream()
        .takeWhile(rate -> isKept(rate, rounds))
        .reduce(0L, (last, next) -> next);
  }

  /**
   * The run in the middle, by its median latency, those that were not done behind all others; empty
   * where the rate was not tried.
   */
  public Optional<R> middle(long rate) {
    List<R> runs = new ArrayList<>(of(rate));
    runs.sort(Comparator.comparingLong(this::medianNs));
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() / 2));
  }

  private long medianNs(R run) {
    RateFigures of = figures.apply(run);
    return of.isDone() ? of.p50Ns() : Long.MAX_VALUE;
  }
}
