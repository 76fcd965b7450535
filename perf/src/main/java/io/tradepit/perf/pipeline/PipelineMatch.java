package io.tradepit.perf.pipeline;

import io.tradepit.perf.book.EngineSetup.Role;
import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.tools.report.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Ours beside the peer that keeps the highest rate, both with a journal or both without. Of two
 * peers that keep the same it is the one with the lower median there. Latencies are compared with
 * all peers that keep a rate: at a lower one another may be the faster.
 *
 * @param isRecorded whether with
 * @param peers all of them, {@code peer} too
 */
record PipelineMatch(
    boolean isRecorded, PipelineResults ours, PipelineResults peer, List<PipelineResults> peers) {
  /** Without a journal, then with, as far as there are two to compare. */
  static List<PipelineMatch> of(List<PipelineResults> results) {
    List<PipelineMatch> all = new ArrayList<>();
    for (boolean isRecorded : new boolean[] {false, true}) {
      Optional<PipelineResults> ours = best(of(results, Role.OURS, isRecorded));
      List<PipelineResults> peers = of(results, Role.PEER, isRecorded);
      Optional<PipelineResults> peer = best(peers);
      if (ours.isPresent() && peer.isPresent()) {
        all.add(new PipelineMatch(isRecorded, ours.get(), peer.get(), peers));
      }
    }
    return all;
  }

  private static List<PipelineResults> of(
      List<PipelineResults> results, Role role, boolean isRecorded) {
    return results.stream()
        .filter(each -> each.role() == role && each.isRecorded() == isRecorded)
        .toList();
  }

  private static Optional<PipelineResults> best(List<PipelineResults> results) {
    return results.stream()
        .min(
            Comparator.comparingLong(PipelineResults::highestKept)
                .reversed()
                .thenComparingLong(PipelineMatch::medianNs));
  }

  private static long medianNs(PipelineResults pipeline) {
    return pipeline.middle(pipeline.highestKept()).map(RateFigures::p50Ns).orElse(Long.MAX_VALUE);
  }

  /** Rates that both keep, up to the highest one of each, ascending. */
  List<Long> rates() {
    long highest = Math.min(ours.highestKept(), peer.highestKept());
    return ours.rates().stream().filter(rate -> rate <= highest && peer.runs(rate) > 0).toList();
  }

  /** At how many of {@link #rates} our latency is below that of every peer that keeps the rate. */
  int wins(double percent) {
    return (int)
        rates().stream()
            .filter(rate ->
                ours.middle(rate).orElseThrow().atNs(percent) < leastOfPeersNs(rate, percent))
            .count();
  }

  private long leastOfPeersNs(long rate, double percent) {
    return peers.stream()
        .filter(each -> each.isKept(rate))
        .mapToLong(each -> each.middle(rate).orElseThrow().atNs(percent))
        .min()
        .orElseThrow();
  }

  /** In one line. */
  String text() {
    return Markup.format(
        "%s: highest kept %,d against %,d of %s; of %d rates that both keep a lower p50 than any"
            + " peer at %d, a lower p90 at %d",
        isRecorded ? "journal" : "no journal",
        ours.highestKept(),
        peer.highestKept(),
        peer.name(),
        rates().size(),
        wins(50),
        wins(90));
  }
}
