package io.tradepit.perf.pipeline;

import io.tradepit.perf.book.EngineSetup.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs of one pipeline, by their rates. */
public final class PipelineResults {
  private final String name;
  private final Role role;
  private final boolean isRecorded;
  private final Map<Long, List<RateFigures>> byRate = new TreeMap<>();
  private final List<Long> probesNs = new ArrayList<>();
  private final List<String> stalls = new ArrayList<>();
  private String version = "";
  private int rounds;

  /**
   * @param isRecorded whether it has a journal
   */
  PipelineResults(String name, Role role, boolean isRecorded) {
    this.name = name;
    this.role = role;
    this.isRecorded = isRecorded;
  }

  /** A process begins. */
  void beginRound() {
    rounds++;
  }

  void add(RateFigures run) {
    byRate.computeIfAbsent(run.rate(), rate -> new ArrayList<>()).add(run);
  }

  void version(String told) {
    version = told;
  }

  void probe(long roundTripNs) {
    probesNs.add(roundTripNs);
  }

  /** The process of this round was ended, because the pipeline got stuck. */
  void stalled(String where) {
    stalls.add("round " + rounds + " " + where);
  }

  String name() {
    return name;
  }

  Role role() {
    return role;
  }

  boolean isRecorded() {
    return isRecorded;
  }

  /** Where processes got stuck, one text for each that did. */
  List<String> stalls() {
    return stalls;
  }

  String version() {
    return version;
  }

  /** Round trips of a cache line between the two cores, one for each process. */
  List<Long> probesNs() {
    return probesNs;
  }

  List<Long> rates() {
    return List.copyOf(byRate.keySet());
  }

  int runs(long rate) {
    return byRate.getOrDefault(rate, List.of()).size();
  }

  int kept(long rate) {
    return (int) byRate.getOrDefault(rate, List.of()).stream().filter(RateFigures::isKept).count();
  }

  /** Processes: each began with the lowest rate, and gave up behind two that it did not keep. */
  int rounds() {
    return rounds;
  }

  /** Kept in more than half of all rounds; a round that had given up before has not kept it. */
  boolean isKept(long rate) {
    return 2 * kept(rate) > rounds();
  }

  /**
   * The run in the middle, by its median latency, those that were not done behind all others; empty
   * where the rate was not tried.
   */
  Optional<RateFigures> middle(long rate) {
    List<RateFigures> runs = new ArrayList<>(byRate.getOrDefault(rate, List.of()));
    runs.sort(Comparator.comparingLong(run -> run.isDone() ? run.p50Ns() : Long.MAX_VALUE));
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() / 2));
  }

  /** The highest rate up to which each was kept, 0 = none. */
  long highestKept() {
    return byRate.keySet().stream().takeWhile(this::isKept).mapToLong(rate -> rate).max().orElse(0);
  }
}
